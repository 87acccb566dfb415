package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Agents and tools that Embabel makes of classes, and its loop of a model and tools. */
class EmbabelIT {
  @TempDir private Path folder;

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("dev.coldstart.it.harness.Jdks#forJava21")
  void timesTools(Jdk jdk) throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app =
            AgentRun.ofLibrary(jdk, folder)
                .options("warm=1000,summary=off")
                .classPath(Libs.classPath(jdk, "embabel", "EmbabelApp").toArray(new Path[0]))
                .args("dev.coldstart.it.app.EmbabelApp", model.root())
                .start(Scenes.class)) {
      Calls rounds = new Calls(app, model);
      rounds.whole("/round");
      rounds.play();
      for (String path : List.of("/tools", "/call", "/agent")) {
        assertThat(app.http().get(path).status()).as(path + app.err()).contains("200");
      }
      RunReport report = rounds.verify(3);
      Calls.toolRounds(report, List.of("/round"), false);
      for (RequestReport request : Calls.of(report, "/round")) {
        assertThat(Calls.one(request, "tools: schemas").phase()).isEqualTo("tool_registry");
        assertThat(Calls.one(request, "tool call").phase()).isEqualTo("tool_call");
      }
      Span agent = Calls.one(Calls.of(report, "/agent").get(0), "agent");
      assertThat(agent.phase()).isEqualTo("agent_build");
      assertThat(report.agent().libraries()).contains("embabel");
      Span tools = Calls.one(Calls.of(report, "/tools").get(0), "tools: schemas");
      assertThat(tools.phase()).isEqualTo("tool_registry");
      assertThat(tools.notes()).containsEntry("tools", 2L);
      List<Span> calls = Calls.spans(Calls.of(report, "/call").get(0), "tool call");
      assertThat(calls).hasSize(2).allMatch(span -> span.phase().equals("tool_call"));
      assertThat(calls)
          .extracting(span -> span.notes().get("tool"))
          .containsExactlyInAnyOrder("today", "weather");
      assertThat(report.toString()).doesNotContain("secret-");
    }
  }
}

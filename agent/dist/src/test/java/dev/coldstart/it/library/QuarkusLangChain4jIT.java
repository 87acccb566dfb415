package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ServerScenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AI services of an application that Quarkus has built, behind its REST resources. */
class QuarkusLangChain4jIT {
  @TempDir private Path folder;

  @Test
  void servicesAnswerRequests() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = start(model, "-Djob=first")) {
      app.port();
      assertThat(model.takeLedger()).as("calls before it serves").hasSize(4);
      Calls calls = new Calls(app, model);
      calls.whole("/chat/whole", "/service/tool");
      calls.streamed("/chat/stream", "/service/tool-stream");
      calls.play();
      calls.playTogether();
      RunReport report = calls.verify(0);
      assertThat(report.agent().libraries())
          .contains("quarkus-langchain4j", "langchain4j-models", "quarkus-rest", "vertx");
      Calls.answers(report, List.of("/chat/whole"), false);
      Calls.answers(report, List.of("/chat/stream"), true);
      Calls.toolRounds(report, List.of("/service/tool"), false);
      Calls.toolRounds(report, List.of("/service/tool-stream"), true);
      tools(report);
      assertThat(report.startup().readySignal()).isEqualTo("Quarkus HTTP server started");
      assertThat(report.startup().spans())
          .filteredOn(span -> span.phase().equals("llm_ttft"))
          .hasSizeGreaterThanOrEqualTo(4);
      assertThat(all(report, "ai service")).isNotEmpty();
      assertThat(all(report, "ai service")).allMatch(span -> span.phase().equals("agent_build"));
      assertThat(all(report, "tools: schemas"))
          .anyMatch(span -> span.notes().get("tools").equals(1L))
          .allMatch(span -> span.phase().equals("tool_registry"));
      assertThat(all(report, "quarkus application"))
          .singleElement()
          .matches(span -> span.phase().equals("app_start") && !span.open());
      assertThat(report.toString()).doesNotContain("secret-text");
      Sums.check(report);
    }
  }

  @Test
  void callsOfAJobAreItsRequests() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = start(model, "-Djob=only", "-Dquarkus.http.host-enabled=false")) {
      app.await();
      List<RequestReport> calls = app.report().requests();
      assertThat(calls).allMatch(call -> call.method().equals("agent call"));
      assertThat(calls)
          .extracting(RequestReport::route)
          .containsExactly("WithTool#chat", "model call", "model call");
      assertThat(calls).extracting(call -> call.llm().size()).containsExactly(2, 1, 1);
      assertThat(app.report().toString()).doesNotContain("secret-text");
    }
  }

  private ForkedApp start(ModelServer model, String... jvm) {
    return AgentRun.ofLibrary(Jdks.any(), folder)
        .options("warm=1000,summary=off")
        .jvm("-Dquarkus.langchain4j.openai.base-url=" + model.url())
        .jvm(jvm)
        .classPath(Libs.classPath("quarkus", "QuarkusStart").toArray(new Path[0]))
        .args("dev.coldstart.it.app.QuarkusStart")
        .start(ServerScenes.class);
  }

  private static void tools(RunReport report) {
    for (String path : List.of("/service/tool", "/service/tool-stream")) {
      for (RequestReport request : Calls.of(report, path)) {
        assertThat(Calls.one(request, "tool call").notes()).containsEntry("tool", "today");
      }
    }
  }

  /** Of the start-up and of all requests. */
  private static List<Span> all(RunReport report, String name) {
    List<Span> all = new ArrayList<>(report.startup().spans());
    report.requests().forEach(request -> all.addAll(request.spans()));
    all.removeIf(span -> !span.name().equals(name));
    return all;
  }
}

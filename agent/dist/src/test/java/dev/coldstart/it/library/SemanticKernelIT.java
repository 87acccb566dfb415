package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chats and plugins of Semantic Kernel over Azure's client for OpenAI. */
class SemanticKernelIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"semantic-kernel", "semantic-kernel2"})
  void timesChatsAndPlugins(String set) throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start(set, "SemanticKernelApp", folder, model.root())) {
      Calls calls = new Calls(app, model);
      calls.whole("/whole", "/tool");
      calls.streamed("/stream");
      calls.play();
      calls.playTogether();
      for (String path : List.of("/build", "/functions", "/failing")) {
        assertThat(app.http().get(path).status()).as(path).contains("200");
      }
      model.takeLedger();
      Waits waits = new Waits(app, model);
      // How true it is needs no second version.
      int more = set.endsWith("2") ? waits.play(List.of("/whole"), List.of("/stream")) : 0;
      RunReport report = calls.verify(3 + more);
      waits.verify(report);
      Calls.connect(report);
      calls.findConnections(report);
      assertThat(report.agent().libraries()).contains("semantic-kernel");
      for (String path : List.of("/whole", "/stream")) {
        for (RequestReport request : Calls.of(report, path)) {
          LlmCall call = request.llm().get(0);
          assertThat(call.system()).isEqualTo("azure.ai.openai");
          assertThat(call.model()).startsWith("m-chat");
          assertThat(call.streaming()).isEqualTo(path.equals("/stream"));
        }
      }
      for (RequestReport request : Calls.of(report, "/tool")) {
        assertThat(request.llm()).hasSize(2);
        tool(Calls.one(request, "tool call"), "today", "later");
      }
      plugins(Calls.of(report, "/build").get(0));
      List<Span> functions = Calls.spans(Calls.of(report, "/functions").get(0), "tool call");
      assertThat(functions).hasSize(2);
      tool(functions.get(0), "today");
      tool(functions.get(1), "later");
      long later = functions.get(1).endNanos() - functions.get(1).startNanos();
      assertThat(later).as("it takes its time after it returned").isGreaterThan(5_000_000);
      assertThat(Calls.of(report, "/failing").get(0).llm()).hasSize(1).allMatch(LlmCall::failed);
      assertThat(report.toString()).doesNotContain("secret-");
    }
  }

  private static void plugins(RequestReport request) {
    Span plugin = Calls.one(request, "plugin");
    assertThat(plugin.phase()).isEqualTo("tool_registry");
    assertThat(plugin.notes()).containsEntry("plugin", "calendar").containsEntry("tools", 2L);
    assertThat(Calls.one(request, "kernel").phase()).isEqualTo("agent_build");
  }

  private static void tool(Span call, String... names) {
    assertThat(call.phase()).isEqualTo("tool_call");
    assertThat(call.notes().get("tool")).isIn((Object[]) names);
  }
}

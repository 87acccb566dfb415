package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models and tools of Spring AI through its ChatClient. */
class SpringAiIT {
  @TempDir private Path folder;

  @Test
  void timesModelsAndTools() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start("spring-ai", "SpringAiApp", folder, model.url())) {
      Calls calls = new Calls(app, model);
      calls.whole("/chat/whole", "/chat/tool", "/build");
      calls.streamed("/chat/stream", "/chat/tool-stream");
      calls.play();
      calls.playTogether();
      app.http().get("/embed");
      app.http().get("/chat/failing");
      RunReport report = calls.verify(2);
      assertThat(report.agent().libraries()).contains("spring-ai");
      Calls.answers(report, List.of("/chat/whole"), false);
      Calls.answers(report, List.of("/chat/stream"), true);
      Calls.toolRounds(report, List.of("/chat/tool"), false);
      Calls.toolRounds(report, List.of("/chat/tool-stream"), true);
      for (String path : List.of("/chat/tool", "/chat/tool-stream")) {
        for (RequestReport request : Calls.of(report, path)) {
          assertThat(Calls.spans(request, "tool calls")).as(path).hasSize(1);
        }
      }
      for (RequestReport request : Calls.of(report, "/build")) {
        assertThat(Calls.spans(request, "chat client")).hasSize(1);
        assertThat(Calls.spans(request, "tools: schemas")).isNotEmpty();
      }
      RequestReport embed = Calls.of(report, "/embed").get(0);
      assertThat(Calls.spans(embed, "embedding call")).hasSize(1);
      RequestReport failing = Calls.of(report, "/chat/failing").get(0);
      assertThat(failing.llm()).hasSize(2).allMatch(LlmCall::failed);
    }
  }
}

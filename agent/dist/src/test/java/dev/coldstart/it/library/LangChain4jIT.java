package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models, tools and AI services of LangChain4j. */
class LangChain4jIT {
  @TempDir private Path folder;

  @Test
  void timesModelsToolsAndServices() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start("langchain4j", "LangChain4jApp", folder, model.url())) {
      Calls calls = new Calls(app, model);
      calls.whole("/chat/whole", "/service/tool", "/service/build");
      calls.streamed("/chat/stream", "/service/tool-stream");
      calls.play();
      calls.playTogether();
      app.http().get("/embed");
      app.http().get("/chat/failing");
      RunReport report = calls.verify(2);
      assertThat(report.agent().libraries()).contains("langchain4j");
      Calls.answers(report, List.of("/chat/whole"), false);
      Calls.answers(report, List.of("/chat/stream"), true);
      Calls.toolRounds(report, List.of("/service/tool"), false);
      Calls.toolRounds(report, List.of("/service/tool-stream"), true);
      tools(report);
      build(report);
      RequestReport embed = Calls.of(report, "/embed").get(0);
      assertThat(Calls.spans(embed, "embedding call")).hasSize(1);
      failures(report);
    }
  }

  private static void tools(RunReport report) {
    for (String path : List.of("/service/tool", "/service/tool-stream")) {
      for (RequestReport request : Calls.of(report, path)) {
        List<Span> tools = Calls.spans(request, "tool call");
        assertThat(tools).as(path).hasSize(1);
        assertThat(tools.get(0).notes()).as(path).containsEntry("tool", "today");
      }
    }
  }

  private static void build(RunReport report) {
    for (RequestReport request : Calls.of(report, "/service/build")) {
      assertThat(Calls.spans(request, "ai service")).hasSize(1);
      assertThat(Calls.spans(request, "tools: schemas")).hasSize(1);
      assertThat(Calls.spans(request, "tools of this request")).hasSize(1);
    }
  }

  private static void failures(RunReport report) {
    for (RequestReport request : Calls.of(report, "/chat/failing")) {
      assertThat(request.llm()).hasSize(2);
      assertThat(request.llm()).allMatch(LlmCall::failed);
      assertThat(request.llm()).allMatch(call -> call.ttftNanos() == null);
    }
  }
}

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

/** Tools and AI services of LangChain4j on a model of OpenAI. */
class LangChain4jIT {
  @TempDir private Path folder;

  @Test
  void version036() throws Exception {
    RunReport report = play("langchain4j0", "/ollama/", "/mistral/");
    for (RequestReport request : report.requests()) {
      for (LlmCall call : request.llm()) {
        assertThat(call.model()).as(request.route()).startsWith("m-");
        assertThat(call.cachedTokens()).as("not told").isNull();
      }
    }
    told(report, "/chat/", "openai");
    told(report, "/ollama/", "ollama");
    told(report, "/mistral/", "mistral_ai");
    for (String path : List.of("/service/tool", "/service/tool-stream")) {
      for (RequestReport request : Calls.of(report, path)) {
        assertThat(request.llm()).as(path).hasSize(2);
        assertThat(request.llm().get(0).ttftNanos()).as(path).isNull();
        assertThat(request.llm().get(0).firstToolCallNanos()).as(path).isPositive();
        assertThat(request.llm().get(1).ttftNanos()).as(path).isPositive();
      }
    }
  }

  @Test
  void version100() throws Exception {
    models(play("langchain4j1"));
  }

  @Test
  void version119() throws Exception {
    RunReport report = play("langchain4j");
    models(report);
    for (RequestReport request : Calls.of(report, "/service/build")) {
      assertThat(Calls.one(request, "tools of this request").notes()).containsEntry("tools", 1L);
    }
  }

  /**
   * Plays all and checks what all versions have in common.
   *
   * @param more first parts of the paths of other models' scenes
   */
  private RunReport play(String set, String... more) throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start(set, "LangChain4jApp", folder, model.url())) {
      Calls calls = new Calls(app, model);
      calls.whole("/chat/whole", "/service/tool", "/service/build");
      calls.streamed("/chat/stream", "/service/tool-stream");
      for (String provider : more) {
        calls.whole(provider + "whole");
        calls.streamed(provider + "stream");
      }
      calls.play();
      calls.playTogether();
      app.http().get("/embed");
      app.http().get("/embed/all");
      app.http().get("/schema/output");
      app.http().get("/schema/tool");
      app.http().get("/chat/failing");
      model.takeLedger();
      Waits waits = new Waits(app, model);
      // How true it is needs no other version.
      int waited =
          set.equals("langchain4j")
              ? waits.play(List.of("/chat/whole"), List.of("/chat/stream"))
              : 0;
      RunReport report = calls.verify(5 + waited);
      waits.verify(report);
      assertThat(report.agent().libraries()).contains("langchain4j", "langchain4j-models");
      tools(report);
      build(report);
      assertThat(Calls.one(Calls.of(report, "/embed").get(0), "embedding call").phase())
          .isEqualTo("embedding");
      assertThat(Calls.of(report, "/embed/all").get(0).spans())
          .isNotEmpty()
          .allMatch(span -> span.phase().equals("embedding"));
      schemas(report);
      Calls.failures(report, "/chat/failing", 2);
      return report;
    }
  }

  private static void models(RunReport report) {
    Calls.answers(report, List.of("/chat/whole"), false);
    Calls.answers(report, List.of("/chat/stream"), true);
    Calls.toolRounds(report, List.of("/service/tool"), false);
    Calls.toolRounds(report, List.of("/service/tool-stream"), true);
  }

  /** One call each, with what the client tells of it. */
  private static void told(RunReport report, String provider, String system) {
    for (String way : List.of("whole", "stream")) {
      for (RequestReport request : Calls.of(report, provider + way)) {
        assertThat(request.llm()).as(provider + way).hasSize(1);
        LlmCall call = request.llm().get(0);
        assertThat(call.system()).isEqualTo(system);
        assertThat(call.streaming()).isEqualTo(way.equals("stream"));
        assertThat(call.inputTokens()).as(provider + way).isEqualTo(ModelAnswer.INPUT_TOKENS);
        assertThat(call.outputTokens()).as(provider + way).isEqualTo(ModelAnswer.OUTPUT_TOKENS);
      }
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
      assertThat(Calls.one(request, "ai service").phase()).isEqualTo("agent_build");
      Span all = Calls.one(request, "tools: schemas");
      assertThat(all.phase()).isEqualTo("tool_registry");
      assertThat(Calls.spans(request, "tool: schema"))
          .isNotEmpty()
          .allMatch(span -> span.parent() == all.id() && span.notes().get("tool").equals("today"));
    }
  }

  /** Types in types count once; what is generated for a tool says so. */
  private static void schemas(RunReport report) {
    RequestReport output = Calls.of(report, "/schema/output").get(0);
    Span describe = Calls.one(output, "schema: describe");
    assertThat(describe.phase()).isEqualTo("schema_validation");
    assertThat(Calls.spans(output, "schema: generate"))
        .isNotEmpty()
        .allMatch(span -> span.parent() == describe.id() && span.notes().get("tool") == null);
    RequestReport tool = Calls.of(report, "/schema/tool").get(0);
    Span schema = Calls.one(tool, "tool: schema");
    assertThat(schema.notes()).containsEntry("tool", "buy");
    Span generate = Calls.one(tool, "schema: generate");
    assertThat(generate.parent()).isEqualTo(schema.id());
    assertThat(generate.notes()).containsEntry("tool", "buy");
  }
}

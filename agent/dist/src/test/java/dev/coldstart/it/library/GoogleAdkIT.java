package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Agents of ADK that run with Gemini, tools and an MCP server. */
class GoogleAdkIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"adk", "adk2"})
  void timesAgents(String set) throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start(set, "AdkApp", folder, arguments(model.root()))) {
      Calls calls = new Calls(app, model);
      calls.whole("/whole", "/tool");
      calls.streamed("/stream", "/tool-stream");
      calls.play();
      calls.playTogether();
      assertThat(app.http().get("/build").status()).contains("200");
      assertThat(app.http().get("/mcp").status()).contains("200");
      assertThat(app.http().get("/failing").status()).contains("200");
      model.takeLedger();
      Waits waits = new Waits(app, model);
      // How true it is needs no second version.
      int more = set.endsWith("2") ? waits.play(List.of("/whole"), List.of("/stream")) : 0;
      RunReport report = calls.verify(3 + more);
      waits.verify(report);
      assertThat(report.agent().libraries()).contains("google-adk");
      answers(report, "/whole", false);
      answers(report, "/stream", true);
      tools(report, "/tool", false);
      tools(report, "/tool-stream", true);
      for (RequestReport request : Calls.of(report, "/build")) {
        Span schema = Calls.one(request, "tools: schemas");
        assertThat(schema.phase()).isEqualTo("tool_registry");
        assertThat(schema.notes()).containsEntry("tool", "today");
        assertThat(Calls.one(request, "agent").phase()).isEqualTo("agent_build");
      }
      mcp(Calls.of(report, "/mcp").get(0));
      RequestReport failing = Calls.of(report, "/failing").get(0);
      assertThat(failing.llm()).hasSize(1).allMatch(LlmCall::failed);
      assertThat(report.toString()).doesNotContain("secret-");
    }
  }

  private static void answers(RunReport report, String path, boolean streamed) {
    for (RequestReport request : Calls.of(report, path)) {
      assertThat(request.llm()).as(path).hasSize(1);
      answer(request, request.llm().get(0), streamed);
    }
  }

  private static void answer(RequestReport request, LlmCall call, boolean streamed) {
    String window = streamed ? "first_visible_token" : "response_end";
    assertThat(request.window()).as(request.route()).isEqualTo(window);
    assertThat(call.streaming()).as(request.route()).isEqualTo(streamed);
    usage(call);
  }

  private static void usage(LlmCall call) {
    // Its own client below knows.
    assertThat(call.system()).isEqualTo("gcp.gen_ai");
    assertThat(call.model()).startsWith("m-chat");
    assertThat(call.inputTokens()).isEqualTo(ModelAnswer.INPUT_TOKENS);
    assertThat(call.cachedTokens()).isIn(null, (long) ModelAnswer.PREFIX_TOKENS);
    assertThat(call.outputTokens()).isEqualTo(ModelAnswer.OUTPUT_TOKENS);
  }

  /** One round for the tool, one for the answer. */
  private static void tools(RunReport report, String path, boolean streamed) {
    for (RequestReport request : Calls.of(report, path)) {
      assertThat(request.llm()).as(path).hasSize(2);
      LlmCall round = request.llm().get(0);
      assertThat(round.ttftNanos()).as(path + ": content").isNull();
      assertThat(round.firstToolCallNanos()).as(path).isNotNull();
      usage(round);
      Span call = Calls.one(request, "tool call");
      assertThat(call.phase()).isEqualTo("tool_call");
      assertThat(call.notes()).containsEntry("tool", "today");
      answer(request, request.llm().get(1), streamed);
    }
  }

  /** The toolset connects when the model is asked, and its tools are called. */
  private static void mcp(RequestReport request) {
    List<Span> all = Calls.spans(request, "mcp tools");
    assertThat(all).isNotEmpty();
    assertThat(all).allMatch(span -> span.phase().equals("tool_registry"));
    assertThat(all.get(0).notes()).containsEntry("tools", 3L);
    Span initialize = Calls.spans(request, "mcp initialize").get(0);
    assertThat(initialize.parent()).isEqualTo(all.get(0).id());
    assertThat(Calls.one(request, "tool call").notes()).containsEntry("tool", "today");
    Span call = Calls.one(request, "mcp tools/call");
    assertThat(call.startNanos()).isGreaterThan(Calls.one(request, "tool call").startNanos());
  }

  @Test
  void runsOfABatchJobAreItsRequests() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.launch("adk2", "AdkApp", folder, model.root(), "job")) {
      assertThat(app.await().exit()).isZero();
      RunReport report = app.report();
      assertThat(report.requests()).extracting(RequestReport::route).containsOnly("adk runner");
      assertThat(report.requests()).extracting(RequestReport::kind).containsExactly("cold", "warm");
      assertThat(report.requests()).allMatch(request -> request.llm().size() == 1);
      assertThat(report.startup().spans()).extracting(Span::name).contains("agent");
      Sums.check(report);
    }
  }

  private static String[] arguments(String model) {
    return Stream.concat(Stream.of(model, "serve"), Stream.of(Libs.stdioToolServer()))
        .toArray(String[]::new);
  }
}

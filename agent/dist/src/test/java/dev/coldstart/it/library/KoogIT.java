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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents of Koog with a model and a tool. */
class KoogIT {
  @TempDir private Path folder;

  @Test
  void timesAgents() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start("koog", "KoogApp", folder, model.root(), "serve")) {
      Calls calls = new Calls(app, model);
      calls.whole("/whole", "/tool");
      calls.streamed("/stream", "/stream-tool");
      calls.play();
      calls.playTogether();
      assertThat(app.http().get("/failing").status()).contains("200");
      assertThat(app.http().get("/stream-failing").status()).contains("200");
      model.takeLedger();
      Waits waits = new Waits(app, model);
      int more = waits.play(List.of("/whole"), List.of("/stream"));
      RunReport report = calls.verify(2 + more);
      waits.verify(report);
      assertThat(report.agent().libraries()).contains("koog");
      for (RequestReport request : Calls.of(report, "/whole")) {
        LlmCall call = request.llm().get(0);
        assertThat(call.system()).isEqualTo("openai");
        assertThat(call.ttftNanos()).isNotNull();
        assertThat(call.inputTokens()).isEqualTo(ModelAnswer.INPUT_TOKENS);
        assertThat(call.outputTokens()).isEqualTo(ModelAnswer.OUTPUT_TOKENS);
        assertThat(call.cachedTokens()).as("never told").isNull();
        assertThat(Calls.one(request, "agent").phase()).isEqualTo("agent_build");
      }
      for (RequestReport request : Calls.of(report, "/tool")) {
        tool(request);
      }
      Calls.answers(report, List.of("/stream"), true);
      Calls.toolCalls(report, "openai", List.of("/stream-tool"));
      Calls.failures(report, "/stream-failing", 1);
      RequestReport failing = Calls.of(report, "/failing").get(0);
      assertThat(failing.llm()).isNotEmpty().allMatch(LlmCall::failed);
      assertThat(report.toString()).doesNotContain("secret-");
    }
  }

  private static void tool(RequestReport request) {
    List<Span> registries = Calls.spans(request, "tool registry");
    assertThat(registries).allMatch(span -> span.phase().equals("tool_registry"));
    assertThat(registries.get(0).notes()).containsEntry("tools", 1L);
    Calls.one(request, "tools: schemas");
    LlmCall round = request.llm().get(0);
    assertThat(round.ttftNanos()).as("content").isNull();
    assertThat(round.firstToolCallNanos()).isNotNull();
    Span call = Calls.one(request, "tool call");
    assertThat(call.phase()).isEqualTo("tool_call");
    assertThat(call.notes()).containsEntry("tool", "today");
  }

  @Test
  void runsOfABatchJobAreItsRequests() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.launch("koog", "KoogApp", folder, model.root(), "job")) {
      assertThat(app.await().exit()).isZero();
      RunReport report = app.report();
      assertThat(report.requests()).extracting(RequestReport::route).containsOnly("koog agent");
      assertThat(report.requests()).extracting(RequestReport::kind).containsExactly("cold", "warm");
      assertThat(report.requests()).allMatch(request -> request.llm().size() == 1);
      Sums.check(report);
    }
  }
}

package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to call a model with the Anthropic SDK. */
class AnthropicJavaIT {
  private static final List<String> WHOLE = List.of("/whole", "/async", "/thinking", "/beta");
  private static final List<String> STREAMED =
      List.of("/stream", "/async-stream", "/thinking-stream", "/beta-stream");
  private static final List<String> TOOLS = List.of("/tool", "/tool-stream");
  private static final List<String> REPEATED =
      List.of("/repeated", "/repeated-stream", "/repeated-async", "/repeated-async-stream");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"anthropic", "anthropic2"})
  void timesEveryWayToCallAModel(String set) throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start(set, "AnthropicApp", folder, model.root())) {
      Calls calls = new Calls(app, model);
      calls.whole(WHOLE.toArray(new String[0]));
      calls.streamed(STREAMED.toArray(new String[0]));
      calls.whole("/tool");
      calls.streamed("/tool-stream", "/early");
      calls.play();
      calls.playTogether();
      app.http().get("/failing");
      for (String path : REPEATED) {
        assertThat(app.http().get(path).status()).as(path).contains("200");
      }
      model.takeLedger();
      Waits waits = new Waits(app, model);
      // How true it is needs no second version.
      int more =
          set.endsWith("2")
              ? 0
              : waits.play(List.of("/whole", "/async"), List.of("/stream", "/async-stream"));
      RunReport report = calls.verify(1 + REPEATED.size() + more);
      assertThat(report.agent().libraries()).contains("anthropic-java");
      waits.verify(report);
      Calls.answers(report, "anthropic", WHOLE, false);
      Calls.answers(report, "anthropic", STREAMED, true);
      Calls.toolCalls(report, "anthropic", TOOLS);
      Calls.failures(report, "/failing", 3);
      Calls.repeated(report, REPEATED);
      cache(report, "/whole");
      cache(report, "/stream");
      for (RequestReport request : Calls.of(report, "/early")) {
        LlmCall call = request.llm().get(0);
        assertThat(call.inputTokens()).as("told at once").isEqualTo(ModelAnswer.INPUT_TOKENS);
      }
    }
  }

  /** What was read from the cache or written to it is input as well. */
  private static void cache(RunReport report, String path) {
    long prefix = ModelAnswer.PREFIX_TOKENS;
    LlmCall first = Calls.of(report, path).get(0).llm().get(0);
    assertThat(first.promptCache()).as(path).isEqualTo("primed");
    assertThat(first.cachedTokens()).as(path).isZero();
    assertThat(first.cacheWriteTokens()).as(path).isEqualTo(prefix);
    LlmCall second = Calls.of(report, path).get(1).llm().get(0);
    assertThat(second.promptCache()).as(path).isEqualTo("hit");
    assertThat(second.cachedTokens()).as(path).isEqualTo(prefix);
    assertThat(second.cacheWriteTokens()).as(path).isZero();
    assertThat(first.inputTokens()).isEqualTo(second.inputTokens());
  }
}

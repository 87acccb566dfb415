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

/** Every way to call a model with Google's Gen AI SDK. */
class GoogleGenAiIT {
  private static final String SYSTEM = "gcp.gen_ai";
  private static final List<String> WHOLE = List.of("/whole", "/async", "/thinking");
  private static final List<String> STREAMED =
      List.of("/stream", "/async-stream", "/thinking-stream");
  private static final List<String> EMBED = List.of("/embed", "/embed/async");
  private static final List<String> TOOLS = List.of("/tool", "/tool-stream");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"genai", "genai2"})
  void timesEveryWayToCallAModel(String set) throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start(set, "GenAiApp", folder, model.root())) {
      Calls calls = new Calls(app, model);
      calls.whole(WHOLE.toArray(new String[0]));
      calls.streamed(STREAMED.toArray(new String[0]));
      calls.whole("/tool", "/called-tool");
      calls.streamed("/tool-stream", "/early");
      calls.play();
      calls.playTogether();
      app.http().get("/failing");
      for (String path : EMBED) {
        assertThat(app.http().get(path).status()).as(path + app.err()).contains("200");
      }
      model.takeLedger();
      Waits waits = new Waits(app, model);
      // How true it is needs no second version.
      int more =
          set.endsWith("2")
              ? 0
              : waits.play(List.of("/whole", "/async"), List.of("/stream", "/async-stream"));
      RunReport report = calls.verify(3 + more);
      assertThat(report.agent().libraries()).contains("google-genai");
      waits.verify(report);
      Calls.answers(report, SYSTEM, WHOLE, false);
      Calls.answers(report, SYSTEM, STREAMED, true);
      Calls.toolCalls(report, SYSTEM, TOOLS);
      Calls.failures(report, "/failing", 3);
      for (RequestReport request : Calls.of(report, "/called-tool")) {
        assertThat(request.llm()).hasSize(2);
        assertThat(request.llm().get(0).ttftNanos()).isNull();
        assertThat(request.llm().get(0).firstToolCallNanos()).isPositive();
        assertThat(request.llm().get(1).ttftNanos()).isPositive();
      }
      for (String path : EMBED) {
        RequestReport embed = Calls.of(report, path).get(0);
        // The old asynchronous one is a task that calls the blocking one.
        assertThat(Calls.spans(embed, "embedding call")).as(path).hasSizeBetween(1, 2);
        assertThat(embed.phases()).as(path).anyMatch(phase -> phase.phase().equals("embedding"));
      }
      List<RequestReport> whole = Calls.of(report, "/whole");
      LlmCall miss = whole.get(0).llm().get(0);
      assertThat(miss.cachedTokens()).as("a miss is not told").isNull();
      assertThat(whole.get(1).llm().get(0).promptCache()).isEqualTo("hit");
      assertThat(miss.attempts()).as("not watched").isNull();
    }
  }
}

package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to call a model with the OpenAI SDK. */
class OpenAiJavaIT {
  private static final List<String> REPEATED =
      List.of(
          "/chat/repeated",
          "/chat/repeated-stream",
          "/chat/repeated-async",
          "/chat/repeated-async-stream");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"openai", "openai2"})
  void timesEveryWayToCallAModel(String set) throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start(set, "OpenAiApp", folder, model.url())) {
      Calls calls = new Calls(app, model);
      for (String api : List.of("/chat", "/responses")) {
        calls.whole(api + "/whole", api + "/async", api + "/tool");
        calls.streamed(api + "/stream", api + "/async-stream", api + "/tool-stream");
      }
      calls.streamed("/chat/validated", "/chat/early");
      calls.play();
      calls.playTogether();
      app.http().get("/chat/two");
      app.http().get("/chat/failing");
      app.http().get("/embed");
      app.http().get("/embed/async");
      for (String path : both("whole", "stream")) {
        model.expire();
        app.http().get(path);
      }
      for (String path : REPEATED) {
        assertThat(app.http().get(path).status()).as(path).contains("200");
      }
      model.takeLedger();
      Waits waits = new Waits(app, model);
      // How true it is needs no second version.
      int more =
          set.endsWith("2")
              ? 0
              : waits.play(both("whole", "async"), both("stream", "async-stream"));
      RunReport report = calls.verify(8 + REPEATED.size() + more);
      assertThat(report.agent().libraries()).contains("openai-java");
      waits.verify(report);
      Calls.connectsOnce(report, "/chat/whole");
      Calls.answers(report, both("whole", "async"), false);
      Calls.answers(report, both("stream", "async-stream"), true);
      List<RequestReport> whole = Calls.of(report, "/chat/whole");
      assertThat(whole.get(0).llm().get(0).promptCache()).isEqualTo("miss");
      assertThat(whole.get(1).llm().get(0).promptCache()).isEqualTo("hit");
      expired(report);
      Calls.toolCalls(report, "openai", both("tool", "tool-stream"));
      endedEarly(report);
      twoAtOnce(report);
      Calls.failures(report, "/chat/failing", 3);
      Calls.repeated(report, REPEATED);
      assertThat(whole.get(0).llm().get(0).attempts()).isEqualTo(1);
      embeddings(report);
    }
  }

  /** The last request of each scene, but for those with a model of their own. */
  private static void expired(RunReport report) {
    for (String path : both("whole", "stream")) {
      List<LlmCall> all =
          Calls.of(report, path).stream()
              .map(request -> request.llm().get(0))
              .filter(call -> !call.model().contains("ms"))
              .toList();
      LlmCall call = all.get(all.size() - 1);
      assertThat(call.promptCache()).as(path).isEqualTo("expired");
      assertThat(call.cacheIdleNanos()).as(path).isPositive();
      assertThat(call.cacheWriteTokens()).as(path + ": never told").isNull();
    }
  }

  private static void endedEarly(RunReport report) {
    for (RequestReport request : Calls.of(report, "/chat/early")) {
      assertThat(request.llm().get(0).inputTokens()).as("usage never came").isNull();
    }
  }

  private static void twoAtOnce(RunReport report) {
    for (RequestReport request : Calls.of(report, "/chat/two")) {
      assertThat(request.llm()).hasSize(2);
      for (LlmCall call : request.llm()) {
        long millis = call.ttftNanos() / 1_000_000;
        assertThat(millis >= 200).as(call.toString()).isEqualTo(call.model().endsWith("-slow"));
      }
    }
  }

  private static void embeddings(RunReport report) {
    for (String path : List.of("/embed", "/embed/async")) {
      for (RequestReport request : Calls.of(report, path)) {
        assertThat(Calls.spans(request, "embedding call")).as(path).hasSize(1);
      }
    }
  }

  /** Ways of both APIs. */
  private static List<String> both(String... ways) {
    List<String> paths = new ArrayList<>();
    for (String way : ways) {
      paths.add("/chat/" + way);
      paths.add("/responses/" + way);
    }
    return paths;
  }
}

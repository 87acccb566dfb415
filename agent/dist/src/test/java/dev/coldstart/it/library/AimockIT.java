package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The SDKs of OpenAI and Anthropic against models that others simulate. */
class AimockIT {
  private static final int ROUNDS = 5;

  /** An answer of these models is half a second of waiting. */
  private static final int CLIENTS = 3;

  /** As its fixtures say; further events, 20 ms each, may come before the first content. */
  private static final long TTFT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  @TempDir private Path folder;

  @Test
  void openAi() throws Exception {
    Aimock model = new Aimock();
    try (ForkedApp app = Libs.start("openai", "OpenAiApp", folder, model.url() + "/v1")) {
      List<String> whole = List.of("/chat/whole", "/chat/async", "/responses/whole");
      List<String> chat = List.of("/chat/stream", "/chat/async-stream");
      List<String> responses = List.of("/responses/stream", "/responses/async-stream");
      List<String> tools = List.of("/chat/tool-stream", "/responses/tool-stream");
      RunReport report = play(app, model, List.of(whole, chat, responses, tools));
      whole(report, whole, "openai");
      String hello = "{\"role\":\"user\",\"content\":\"Hello\"}";
      streamed(
          report,
          chat,
          "openai",
          byHand(model, "/v1/chat/completions", "\"messages\":[" + hello + "]", "\"content\":\"H"));
      streamed(
          report,
          responses,
          "openai",
          byHand(model, "/v1/responses", "\"input\":\"Hello\"", "output_text.delta"));
      tools(report, tools);
    }
  }

  @Test
  void anthropic() throws Exception {
    Aimock model = new Aimock();
    try (ForkedApp app = Libs.start("anthropic", "AnthropicApp", folder, model.url())) {
      List<String> whole = List.of("/whole", "/async");
      List<String> streamed = List.of("/stream", "/async-stream");
      RunReport report = play(app, model, List.of(whole, streamed, List.of("/tool-stream")));
      whole(report, whole, "anthropic");
      String hello = "\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]";
      streamed(report, streamed, "anthropic", byHand(model, "/v1/messages", hello, "text_delta"));
      tools(report, List.of("/tool-stream"));
    }
  }

  /** Each request is a call, and each call a request. */
  private static RunReport play(ForkedApp app, Aimock model, List<List<String>> scenes)
      throws Exception {
    List<Callable<String>> calls = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (List<String> paths : scenes) {
        for (String path : paths) {
          calls.add(() -> app.http().get(path).status());
        }
      }
    }
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      for (Future<String> status : clients.invokeAll(calls)) {
        assertThat(status.get()).as(app.err()).isEqualTo("HTTP/1.1 200 OK");
      }
    } finally {
      clients.shutdown();
    }
    int requests = calls.size();
    RunReport report = Libs.end(app, requests);
    assertThat(model.requests()).isEqualTo(requests);
    assertThat(report.requests()).hasSize(requests);
    assertThat(report.requests()).allMatch(request -> request.llm().size() == 1);
    return report;
  }

  /** The shortest time until the first content when no SDK is in between, ns. */
  private static long byHand(Aimock model, String path, String body, String content)
      throws Exception {
    long shortest = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      String json = "{\"model\":\"m\",\"stream\":true," + body + "}";
      shortest = Math.min(shortest, model.firstNanos(path, json, content));
    }
    return shortest;
  }

  private static void whole(RunReport report, List<String> paths, String system) {
    for (String path : paths) {
      for (RequestReport request : Calls.of(report, path)) {
        answered(path, system, request.llm().get(0));
      }
    }
  }

  private static void streamed(
      RunReport report, List<String> paths, String system, long shortestNanos) {
    assertThat(shortestNanos).as("by hand").isGreaterThan(TTFT_NANOS);
    for (String path : paths) {
      long shortest = Long.MAX_VALUE;
      long more = 0;
      for (RequestReport request : Calls.of(report, path)) {
        LlmCall call = request.llm().get(0);
        answered(path, system, call);
        shortest = Math.min(shortest, call.ttftNanos());
        more = Math.max(more, call.durationNanos() - call.ttftNanos());
      }
      // A dozen pieces of text, 20 ms each: the first one is not the last one.
      assertThat(more).as(path).isGreaterThan(TTFT_NANOS / 2);
      assertThat(Math.abs(shortest - shortestNanos)).as(path).isLessThan(TOLERANCE_NANOS);
    }
  }

  private static void answered(String path, String system, LlmCall call) {
    assertThat(call.system()).as(path).isEqualTo(system);
    assertThat(call.ttftNanos()).as(path).isNotNull();
    assertThat(call.firstToolCallNanos()).as(path).isNull();
    assertThat(call.attempts()).as(path).isEqualTo(1);
    assertThat(call.failed()).as(path).isFalse();
    assertThat(call.cachedTokens()).as(path + ": not told").isNull();
  }

  private static void tools(RunReport report, List<String> paths) {
    for (String path : paths) {
      for (RequestReport request : Calls.of(report, path)) {
        LlmCall call = request.llm().get(0);
        assertThat(call.ttftNanos()).as(path).isNull();
        assertThat(call.firstToolCallNanos()).as(path).isGreaterThan(TTFT_NANOS);
      }
    }
  }
}

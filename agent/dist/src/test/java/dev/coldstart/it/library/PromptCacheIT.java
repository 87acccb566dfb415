package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each provider's prompt cache did, as its clients tell it: a miss, a hit, once more both. */
class PromptCacheIT {
  private static final List<String> MISSED_TWICE = List.of("primed", "hit", "expired", "hit");
  private static final List<String> MISS_NOT_TOLD = List.of("unknown", "hit", "unknown", "hit");
  private static final List<String> NEVER_TOLD =
      List.of("unknown", "unknown", "unknown", "unknown");

  private static final int[] MISSES = {0, 2};
  private static final long MISS_MILLIS = ModelServer.WAIT_MILLIS + 200;
  private static final long MILLI = 1_000_000;

  @TempDir private Path folder;

  @Test
  void langChain4jProviders() throws Exception {
    RunReport report =
        play("langchain4j", "ProvidersApp", List.of(), "anthropic", "gemini", "ollama", "bedrock");

    for (String way : List.of("/whole", "/stream")) {
      states(report, "/anthropic" + way, "anthropic", MISSED_TWICE);
      states(report, "/gemini" + way, "gcp.gemini", MISS_NOT_TOLD);
      states(report, "/ollama" + way, "ollama", NEVER_TOLD);
      states(report, "/bedrock" + way, "aws.bedrock", MISSED_TWICE);
      writes(report, "/anthropic" + way);
      writes(report, "/bedrock" + way);
      estimate(report, "/anthropic" + way);
      loads(report, "/ollama" + way, null, null);
    }
  }

  @Test
  void springAiProviders() throws Exception {
    List<String> tools = List.of("/anthropic/tool", "/anthropic/tool-stream");
    RunReport report = play("spring-ai", "SpringAiApp", tools, "anthropic", "ollama");

    for (String way : List.of("/whole", "/stream")) {
      states(report, "/anthropic" + way, "anthropic", MISSED_TWICE);
      states(report, "/ollama" + way, "ollama", NEVER_TOLD);
      writes(report, "/anthropic" + way);
      estimate(report, "/anthropic" + way);
      loads(report, "/ollama" + way, OllamaAnswer.LOAD_NANOS, 0L);
    }
    for (String path : tools) {
      List<LlmCall> rounds = Calls.of(report, path).get(0).llm();
      assertThat(rounds).as(path).hasSize(2);
      assertThat(rounds.get(0).ttftNanos()).as(path + ": content").isNull();
      assertThat(rounds.get(0).firstToolCallNanos()).as(path).isPositive();
      assertThat(rounds.get(1).ttftNanos()).as(path).isPositive();
      assertThat(rounds.get(1).firstToolCallNanos()).as(path).isNull();
    }
  }

  /** Two rounds of a miss and a hit, then more scenes. */
  private RunReport play(String set, String app, List<String> more, String... providers)
      throws Exception {
    try (ModelServer server = new ModelServer();
        ForkedApp fork = Libs.start(set, app, folder, arguments(server, providers))) {
      server.early = true;
      server.missMillis = MISS_MILLIS;
      for (int round = 0; round < 2; round++) {
        server.expire();
        for (int i = 0; i < 2; i++) {
          for (String provider : providers) {
            ok(fork, "/" + provider + "/whole");
            ok(fork, "/" + provider + "/stream");
          }
        }
      }
      more.forEach(path -> ok(fork, path));
      RunReport report = Libs.end(fork, 8 * providers.length + more.size());
      Sums.check(report);
      return report;
    }
  }

  private static String[] arguments(ModelServer server, String... providers) {
    return Stream.concat(Stream.of(server.root()), Stream.of(providers)).toArray(String[]::new);
  }

  private static void ok(ForkedApp fork, String path) {
    assertThat(fork.http().get(path).status()).as(path + "\n" + fork.err()).contains("200");
  }

  private static void states(RunReport report, String path, String system, List<String> states) {
    boolean streamed = path.endsWith("stream");
    List<LlmCall> calls = calls(report, path);
    assertThat(calls).extracting(LlmCall::promptCache).as(path).isEqualTo(states);
    for (LlmCall call : calls) {
      assertThat(call.system()).as(path).isEqualTo(system);
      assertThat(call.model()).as(path).startsWith("m");
      assertThat(call.streaming()).as(path).isEqualTo(streamed);
      assertThat(call.failed()).as(path).isFalse();
      assertThat(call.inputTokens()).as(path).isEqualTo(ModelAnswer.INPUT_TOKENS);
      assertThat(call.outputTokens()).as(path).isEqualTo(ModelAnswer.OUTPUT_TOKENS);
      assertThat(call.ttftNanos())
          .as(path + ": TTFT")
          .isBetween(ModelServer.WAIT_MILLIS * MILLI, call.durationNanos());
      if (call.promptCache().equals("hit")) {
        assertThat(call.cachedTokens()).as(path).isEqualTo(ModelAnswer.PREFIX_TOKENS);
      }
    }
    for (int miss : MISSES) {
      assertThat(calls.get(miss).ttftNanos())
          .as(path + ": TTFT of a miss")
          .isGreaterThan(MISS_MILLIS * MILLI);
    }
  }

  /** The provider tells what it wrote, and the gap is that between the calls. */
  private static void writes(RunReport report, String path) {
    List<LlmCall> calls = calls(report, path);
    Long none = 0L;
    Long all = (long) ModelAnswer.PREFIX_TOKENS;
    assertThat(calls)
        .extracting(LlmCall::cacheWriteTokens)
        .as(path)
        .containsExactly(all, none, all, none);
    assertThat(calls).extracting(LlmCall::cachedTokens).containsExactly(none, all, none, all);
    List<RequestReport> requests = Calls.of(report, path);
    long lastHit = begin(requests.get(1)) + calls.get(1).durationNanos();
    assertThat(calls.get(2).cacheIdleNanos())
        .as(path + ": gap")
        .isEqualTo(begin(requests.get(2)) - lastHit)
        .isPositive();
    assertThat(calls.get(0).cacheIdleNanos()).as(path).isNull();
  }

  private static long begin(RequestReport request) {
    return request.startMonotonicNanos() + request.llm().get(0).startNanos();
  }

  /** On the wire, a miss takes 200 ms longer. A busy machine spoils one, a wrong estimate both. */
  private static void estimate(RunReport report, String path) {
    List<RequestReport> requests = Calls.of(report, path);
    List<Long> costs = new ArrayList<>();
    for (int miss : MISSES) {
      List<PhaseTime> rows =
          requests.get(miss).phases().stream()
              .filter(phase -> phase.phase().equals("prompt_cache"))
              .toList();
      assertThat(rows).as(path).hasSize(1).allMatch(PhaseTime::estimated);
      costs.add(rows.get(0).exclusiveNanos());
    }
    assertThat(costs)
        .as(path + ": cost of the misses, ns")
        .anyMatch(cost -> cost > 150 * MILLI && cost < 250 * MILLI);
    for (int hit : new int[] {1, 3}) {
      assertThat(requests.get(hit).phases()).noneMatch(p -> p.phase().equals("prompt_cache"));
    }
  }

  private static void loads(RunReport report, String path, Long loaded, Long warm) {
    assertThat(calls(report, path))
        .extracting(LlmCall::modelLoadNanos)
        .as(path)
        .containsExactly(loaded, warm, loaded, warm);
  }

  /** One per request. */
  private static List<LlmCall> calls(RunReport report, String path) {
    List<RequestReport> requests = Calls.of(report, path);
    assertThat(requests).as(path).allMatch(request -> request.llm().size() == 1);
    return requests.stream().map(request -> request.llm().get(0)).toList();
  }
}

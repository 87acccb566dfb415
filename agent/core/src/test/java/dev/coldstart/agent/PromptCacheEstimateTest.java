package dev.coldstart.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptCacheEstimateTest {
  private final PromptCacheEstimate estimate = new PromptCacheEstimate();

  @Test
  void isAbsentWithoutAWarmHit() {
    RequestReport cold = request("cold", call("m", "miss", 900L, null, null));
    estimate.learn(cold);
    estimate.learn(request("warm", call("m", "unknown", 100L, null, null)));
    estimate.learn(request("warm", call("m", "miss", 100L, null, null)));
    estimate.learn(request("cold", call("m", "hit", 100L, null, null)));
    estimate.learn(request("warm", call("other", "hit", 100L, null, null)));

    assertThat(estimate.applyTo(cold)).isSameAs(cold);
  }

  @Test
  void isTheMissMinusTheMedianOfHits() {
    for (long hit : new long[] {100, 5_000, 120}) {
      estimate.learn(request("warm", call("m", "hit", hit, null, null)));
    }

    assertThat(cost(request("cold", call("m", "miss", 900L, null, null)))).isEqualTo(780);
    assertThat(cost(request("cold", call("m", "miss", 90L, null, null)))).isZero();
    assertThat(cost(request("cold", call("m", "primed", 900L, null, null)))).isEqualTo(780);
    assertThat(cost(request("recold", call("m", "expired", 900L, null, null)))).isEqualTo(780);
    assertThat(cost(request("cold", call("m", "hit", 900L, null, null)))).isZero();
    assertThat(cost(request("cold", call("m", "unknown", 900L, null, null)))).isZero();
    assertThat(cost(request("cold", call("m", "miss", null, null, null)))).isZero();
  }

  @Test
  void theSumStaysTheSame() {
    estimate.learn(request("warm", call("m", "hit", 100L, null, null)));
    RequestReport cold = request("cold", call("m", "miss", 900L, null, null));

    RequestReport shown = estimate.applyTo(cold);

    assertThat(shown.phases().stream().mapToLong(PhaseTime::exclusiveNanos).sum())
        .isEqualTo(cold.phases().stream().mapToLong(PhaseTime::exclusiveNanos).sum());
    assertThat(shown.llm()).isEqualTo(cold.llm());
    assertThat(shown.phases())
        .anyMatch(p -> p.phase().equals("prompt_cache") && p.estimated())
        .anyMatch(p -> p.phase().equals("llm_ttft") && !p.estimated());
  }

  @Test
  void comparesTheWaitOnTheWireWhereItIsKnown() {
    estimate.learn(request("warm", call("m", "hit", 300L, null, 100L)));
    estimate.learn(request("warm", call("m", "hit", 500L, null, null)));

    assertThat(cost(request("cold", call("m", "miss", 900L, null, 250L)))).isEqualTo(150);
    assertThat(cost(request("cold", call("m", "miss", 900L, null, null)))).isEqualTo(400);
  }

  @Test
  void aToolCallIsAFirstTokenToo() {
    estimate.learn(request("warm", call("m", "hit", null, 100L, null)));

    assertThat(cost(request("cold", call("m", "miss", null, 400L, null)))).isEqualTo(300);
    assertThat(cost(request("cold", call("m", "miss", 700L, 400L, null)))).isEqualTo(300);
  }

  @Test
  void callsAreComparedWithThoseInTheSamePosition() {
    LlmCall router = call("m", "hit", 50L, null, null);
    LlmCall answer = call("m", "hit", 400L, null, null);
    estimate.learn(request("warm", router, answer));

    LlmCall miss = call("m", "miss", 500L, null, null);
    assertThat(cost(request("cold", router, miss))).isEqualTo(100);
    assertThat(cost(request("cold", miss, answer))).isEqualTo(450);
    assertThat(cost(request("cold", router, answer, miss))).isZero();
  }

  @Test
  void aCallTheRequestDidNotWaitForCostsItNothing() {
    estimate.learn(request("warm", call("m", "hit", 100L, null, null)));
    RequestReport cold = request("cold", call("m", "miss", 900L, null, null));
    List<Span> hidden = List.of(span(0, 200));

    assertThat(cost(with(cold, hidden))).isEqualTo(200);
    assertThat(cost(with(cold, List.of()))).isZero();
  }

  @Test
  void oldSamplesMakeRoomForNewOnes() {
    for (int i = 0; i < 200; i++) {
      estimate.learn(request("warm", call("m", "hit", 100L, null, null)));
    }
    for (int i = 0; i < 150; i++) {
      estimate.learn(request("warm", call("m", "hit", 600L, null, null)));
    }
    assertThat(cost(request("cold", call("m", "miss", 900L, null, null)))).isEqualTo(300);
  }

  private long cost(RequestReport request) {
    return estimate.applyTo(request).phases().stream()
        .filter(p -> p.phase().equals("prompt_cache"))
        .mapToLong(PhaseTime::exclusiveNanos)
        .sum();
  }

  private static LlmCall call(String model, String cache, Long ttft, Long toolCall, Long wait) {
    return new LlmCall(
        0, "openai", model, true, 0, ttft, toolCall, wait, 9_000L, cache, null, 10L, 1L, null, 1L,
        null, null, false);
  }

  private static Span span(int id, long exclusive) {
    return new Span(
        id, null, "llm_ttft", "call", 0, 1_000, exclusive, "main", false, false, false, Map.of());
  }

  private static RequestReport request(String kind, LlmCall... calls) {
    List<Span> spans = new ArrayList<>();
    List<LlmCall> numbered = new ArrayList<>();
    for (LlmCall c : calls) {
      int id = spans.size();
      spans.add(span(id, 10_000));
      numbered.add(
          new LlmCall(
              id,
              c.system(),
              c.model(),
              c.streaming(),
              c.startNanos(),
              c.ttftNanos(),
              c.firstToolCallNanos(),
              c.waitNanos(),
              c.durationNanos(),
              c.promptCache(),
              c.cacheIdleNanos(),
              c.inputTokens(),
              c.cachedTokens(),
              c.cacheWriteTokens(),
              c.outputTokens(),
              c.modelLoadNanos(),
              c.attempts(),
              c.failed()));
    }
    PhaseTime ttft = new PhaseTime("llm_ttft", 10_000, 10_000, 0, calls.length, false);
    return new RequestReport(
        1,
        kind,
        "GET",
        "/chat",
        "response_end",
        0,
        0,
        10_000,
        10_000,
        null,
        List.of(ttft),
        0,
        0,
        0,
        false,
        null,
        "4bf92f3577b34da6a3ce929d0e0e4736",
        null,
        List.of(),
        spans,
        numbered,
        null,
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  private static RequestReport with(RequestReport r, List<Span> spans) {
    return new RequestReport(
        r.id(),
        r.kind(),
        r.method(),
        r.route(),
        r.window(),
        r.startMonotonicNanos(),
        r.startEpochNanos(),
        r.wallNanos(),
        r.durationNanos(),
        r.ttftNanos(),
        r.phases(),
        r.unattributedNanos(),
        r.clamped(),
        r.classesDefined(),
        r.failed(),
        r.error(),
        r.traceId(),
        r.parentSpanId(),
        r.slices(),
        spans,
        r.llm(),
        r.idleNanos(),
        r.waitedFor(),
        r.expired(),
        r.serial(),
        r.explained());
  }
}

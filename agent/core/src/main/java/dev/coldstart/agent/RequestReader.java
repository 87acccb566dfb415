package dev.coldstart.agent;

import dev.coldstart.bootstrap.Trace;
import dev.coldstart.phase.Attribution;
import dev.coldstart.phase.Attributor;
import dev.coldstart.phase.SerialWork;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.StartKind;
import dev.coldstart.weave.ModelCall;
import dev.coldstart.weave.Shown;
import dev.coldstart.weave.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Finished requests as reports, in the order in which they ended. */
final class RequestReader {
  /** Characters of a path. */
  private static final int MAX_ROUTE = 1_000;

  /** Characters of a model's name; those of Bedrock's profiles are long. */
  private static final int MAX_MODEL = 200;

  private static final int TRACEPARENT_LENGTH = 55;

  private final Clock clock;
  private final PromptCacheStates promptCache = new PromptCacheStates();

  RequestReader(Clock clock) {
    this.clock = clock;
  }

  /**
   * Breaks a finished request down.
   *
   * @param id its number among the reported requests
   */
  Reading read(Trace trace, int id) {
    long start = trace.startNanos;
    boolean visible = trace.streamed && trace.firstVisible > 0;
    // A straggler may write after the end.
    long wall = visible ? Math.min(trace.firstVisible, trace.end) : trace.end;
    TraceReader reader = new TraceReader();
    reader.add(trace, 0, start + trace.end);
    Attribution attribution = Attributor.attribute(start, start + wall, reader.intervals());
    String traceparent = trace.traceparent;
    boolean joins = isTraceparent(traceparent);
    RequestReport report =
        new RequestReport(
            id,
            StartKind.WARM.id(),
            trace.method == null ? "unknown" : trace.method,
            trace.route == null ? "unknown" : Shown.of(trace.route, MAX_ROUTE),
            visible ? "first_visible_token" : "response_end",
            start,
            clock.epochNanos(start),
            wall,
            trace.end,
            trace.firstContent > 0 ? (Long) trace.firstContent : null,
            attribution.phases(),
            attribution.unattributedNanos(),
            attribution.clamped(),
            trace.classesAtEnd - trace.classesAtStart,
            trace.failed,
            trace.error,
            joins ? traceparent.substring(3, 35) : randomTraceId(),
            joins ? traceparent.substring(36, 52) : null,
            Spans.relative(attribution.slices(), start),
            Spans.of(reader.intervals(), attribution.slices(), start),
            calls(reader.calls(), trace),
            null,
            List.of(),
            List.of(),
            SerialWork.of(reader.intervals(), attribution),
            null);
    return new Reading(report, reader.intervals());
  }

  private List<LlmCall> calls(Map<Integer, ModelCall> calls, Trace trace) {
    List<Map.Entry<Integer, ModelCall>> inOrder = new ArrayList<>(calls.entrySet());
    inOrder.sort(Comparator.comparingLong(e -> e.getValue().handedOverNanos() - trace.startNanos));
    List<LlmCall> all = new ArrayList<>(inOrder.size());
    for (Map.Entry<Integer, ModelCall> e : inOrder) {
      String place = trace.method + ' ' + trace.route + ' ' + all.size();
      all.add(call(e.getKey(), e.getValue(), place, trace.startNanos));
    }
    return all;
  }

  private LlmCall call(int span, ModelCall call, String place, long start) {
    Usage usage = call.usage();
    String model = Shown.name(call.model, MAX_MODEL);
    long begin = call.handedOverNanos();
    PromptCacheStates.State cache =
        promptCache.next(
            place + ' ' + call.system + ' ' + model,
            usage,
            begin,
            call.endedNanos() == 0 ? begin : call.endedNanos());
    return new LlmCall(
        span,
        call.system == null ? "unknown" : call.system,
        model,
        call.streaming(),
        begin - start,
        since(begin, call.firstContentNanos()),
        since(begin, call.firstToolCallNanos()),
        call.waitedNanos() == 0 ? null : (Long) call.waitedNanos(),
        since(begin, call.endedNanos()),
        cache.id(),
        cache.idleNanos(),
        usage.inputTokens(),
        usage.cachedTokens(),
        usage.cacheWriteTokens(),
        usage.outputTokens(),
        usage.modelLoadNanos(),
        call.attempts() == 0 ? null : (Integer) call.attempts(),
        call.failed());
  }

  /** Null when the second never happened. */
  private static Long since(long from, long to) {
    return to == 0 ? null : (Long) Math.max(0, to - from);
  }

  /** {@code 00-<32 hex>-<16 hex>-<2 hex>}, see W3C Trace Context. */
  private static boolean isTraceparent(String value) {
    if (value == null || value.length() < TRACEPARENT_LENGTH) {
      return false;
    }
    for (int i = 0; i < TRACEPARENT_LENGTH; i++) {
      boolean dash = i == 2 || i == 35 || i == 52;
      char c = value.charAt(i);
      if (dash ? c != '-' : "0123456789abcdef".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String randomTraceId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return hex(random.nextLong() | 1) + hex(random.nextLong());
  }

  private static String hex(long value) {
    String digits = Long.toHexString(value);
    return "0".repeat(16 - digits.length()) + digits;
  }
}

package dev.coldstart.agent;

import dev.coldstart.phase.PromptCache;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What a prompt-cache miss (also one that primed the cache, or found it expired) cost: the call's
 * time to its first token minus the median of warm calls of the same model that hit the cache
 * (design: always an estimate, absent while there is no hit).
 *
 * <p>Where the wait on the wire is known for the calls compared, it stands in for the time to the
 * first token: what a cold client spends on loading its own classes is not the cache's doing.
 *
 * <p>The first token of an answer that is only a tool call is the start of that tool call. Calls
 * are compared with those in the same position of their request, because a router call and a final
 * answer of one model differ.
 */
final class PromptCacheEstimate {
  private static final int MAX_SAMPLES = 200;

  private final Map<String, Samples> hits = new HashMap<>();

  /** Takes the warm hits of a request. */
  void learn(RequestReport request) {
    if (!request.kind().equals("warm")) {
      return;
    }
    for (int i = 0; i < request.llm().size(); i++) {
      LlmCall call = request.llm().get(i);
      Long waited = waited(call);
      if (waited != null && call.promptCache().equals("hit")) {
        hits.computeIfAbsent(key(call, i), k -> new Samples()).add(waited);
      }
    }
  }

  /** The request with its misses' cost moved from {@code llm_ttft} to {@code prompt_cache}. */
  RequestReport applyTo(RequestReport request) {
    long cost = 0;
    for (int i = 0; i < request.llm().size(); i++) {
      LlmCall call = request.llm().get(i);
      Samples samples = hits.get(key(call, i));
      Long waited = waited(call);
      if (samples != null && waited != null && call.missedCache()) {
        OptionalLong one = PromptCache.missCostNanos(waited, samples.values());
        cost += Math.min(one.orElse(0), owned(request, call.span()));
      }
    }
    return cost == 0 ? request : request.withPhases(PromptCache.split(request.phases(), cost));
  }

  /** Part of the window the call owned: one after the window, or behind a slower one, has none. */
  private static long owned(RequestReport request, int span) {
    for (Span s : request.spans()) {
      if (s.id() == span) {
        return s.exclusiveNanos();
      }
    }
    return 0;
  }

  /** On the wire where that is known, else until the first token or tool call; null without one. */
  private static Long waited(LlmCall call) {
    return call.waitNanos() != null ? call.waitNanos() : firstToken(call);
  }

  /** Null when no token came. */
  private static Long firstToken(LlmCall call) {
    if (call.ttftNanos() == null || call.firstToolCallNanos() == null) {
      return call.ttftNanos() == null ? call.firstToolCallNanos() : call.ttftNanos();
    }
    return Math.min(call.ttftNanos(), call.firstToolCallNanos());
  }

  private static String key(LlmCall call, int position) {
    String measure = call.waitNanos() != null ? "wait" : "ttft";
    return position + " " + measure + " " + call.system() + " " + call.model();
  }

  /** The latest samples, ns. */
  private static final class Samples {
    private final long[] ring = new long[MAX_SAMPLES];
    private int count;

    void add(long nanos) {
      ring[count++ % MAX_SAMPLES] = nanos;
    }

    long[] values() {
      return java.util.Arrays.copyOf(ring, Math.min(count, MAX_SAMPLES));
    }
  }
}

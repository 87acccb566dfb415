package dev.coldstart.agent;

import dev.coldstart.weave.Usage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the provider's prompt cache did for each call, from the token counts alone:
 *
 * <ul>
 *   <li>"hit": tokens were read from the cache;
 *   <li>"expired": none were, though the last call at the same place that had ended by then hit it,
 *       and the prompt is as long as what hits there had cached. A later miss is not one more: the
 *       call before it had its chance to fill the cache again;
 *   <li>"primed": any other call that read none and wrote some;
 *   <li>"miss": any other that read none. A provider that does not count what it writes (OpenAI)
 *       has no "primed": that a later call hit would be a guess about this one;
 *   <li>"unknown": the provider or its client did not tell.
 * </ul>
 *
 * <p>A place is where a prompt with the same beginning comes from: route, position in the request,
 * provider and model. Takes the calls in the order in which their requests ended. Bounded: of many
 * places the ones used last are remembered.
 */
final class PromptCacheStates {
  private static final int MAX_PLACES = 1_000;
  private static final int MAX_OUTCOMES = 32;

  private final Map<String, Place> places =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Place> eldest) {
          return size() > MAX_PLACES;
        }
      };

  /**
   * The state of one call.
   *
   * @param id as in the report
   * @param idleNanos from the end of the last hit to an expired call, null for the others
   */
  record State(String id, Long idleNanos) {}

  /**
   * Decides on the next call.
   *
   * @param beginNanos hand-over to the client, any clock
   * @param endNanos end of the answer, same clock
   */
  State next(String place, Usage usage, long beginNanos, long endNanos) {
    if (usage.cachedTokens() == null) {
      return new State("unknown", null);
    }
    return places
        .computeIfAbsent(place, key -> new Place())
        .next(usage, usage.cachedTokens(), beginNanos, endNanos);
  }

  private record Outcome(boolean hit, long endNanos) {}

  private static final class Place {
    private final Deque<Outcome> outcomes = new ArrayDeque<>();
    private long shortestHit = Long.MAX_VALUE;

    State next(Usage usage, long cached, long begin, long end) {
      if (cached > 0) {
        shortestHit = Math.min(shortestHit, cached);
        add(new Outcome(true, end));
        return new State("hit", null);
      }
      Outcome last = lastBefore(begin);
      boolean comparable = usage.inputTokens() == null || usage.inputTokens() >= shortestHit;
      if (comparable || shortestHit == Long.MAX_VALUE) {
        add(new Outcome(false, end));
      }
      if (comparable && last != null && last.hit()) {
        return new State("expired", begin - last.endNanos());
      }
      boolean wrote = usage.cacheWriteTokens() != null && usage.cacheWriteTokens() > 0;
      return new State(wrote ? "primed" : "miss", null);
    }

    private void add(Outcome outcome) {
      if (outcomes.size() == MAX_OUTCOMES) {
        outcomes.removeFirst();
      }
      outcomes.addLast(outcome);
    }

    /** Requests end in another order than their calls. */
    private Outcome lastBefore(long begin) {
      Outcome last = null;
      for (Outcome outcome : outcomes) {
        boolean before = outcome.endNanos() - begin <= 0;
        if (before && (last == null || outcome.endNanos() - last.endNanos() >= 0)) {
          last = outcome;
        }
      }
      return last;
    }
  }
}

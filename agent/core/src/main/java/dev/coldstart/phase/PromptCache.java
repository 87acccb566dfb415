package dev.coldstart.phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Takes the estimated cost of a prompt-cache miss out of {@code llm_ttft} and shows it as {@code
 * prompt_cache}. No provider reports that cost, so it is the time to first token of the miss
 * compared with warm hits on the same model, and always flagged as estimated.
 */
public final class PromptCache {
  /**
   * Moves the cost of a miss from {@code llm_ttft} to {@code prompt_cache}, at most what {@code
   * llm_ttft} owned. The sum over the phases stays the same, and so does what is hidden of {@code
   * llm_ttft}: its total shrinks with its exclusive time. A second call adds to the row of the
   * first.
   *
   * @param phases one per phase, as in {@link Attribution#phases()}; not modified
   * @param missCostNanos at least 0; over all misses of the window
   * @return largest exclusive time first, ties by name; without {@code prompt_cache} when nothing
   *     was moved
   * @throws IllegalArgumentException if the cost is negative
   */
  public static List<PhaseTime> split(List<PhaseTime> phases, long missCostNanos) {
    if (missCostNanos < 0) {
      throw new IllegalArgumentException(
          "cost of a cache miss must be at least 0 ns, got " + missCostNanos);
    }
    PhaseTime ttft = find(phases, Phase.LLM_TTFT);
    long moved = Math.min(missCostNanos, ttft.exclusiveNanos());
    if (moved == 0) {
      return List.copyOf(phases);
    }
    PhaseTime cache = find(phases, Phase.PROMPT_CACHE);
    List<PhaseTime> result = new ArrayList<>(phases);
    result.remove(ttft);
    result.remove(cache);
    result.add(plus(ttft, -moved, ttft.estimated()));
    result.add(plus(cache, moved, true));
    result.sort(PhaseSums.LARGEST_FIRST);
    return List.copyOf(result);
  }

  /**
   * What a miss cost: how much longer its first token took than the median of warm hits, at least
   * 0.
   *
   * @param ttftNanos time to first token of the call that missed
   * @param warmHitTtftNanos those of warm calls to the same model that hit the cache; not modified
   * @return empty when there is no warm hit: then the cost is unknown, not 0
   */
  public static OptionalLong missCostNanos(long ttftNanos, long[] warmHitTtftNanos) {
    if (warmHitTtftNanos.length == 0) {
      return OptionalLong.empty();
    }
    long[] sorted = warmHitTtftNanos.clone();
    Arrays.sort(sorted);
    long low = sorted[(sorted.length - 1) / 2];
    long high = sorted[sorted.length / 2];
    long median = low + (high - low) / 2;
    return OptionalLong.of(Math.max(0, ttftNanos - median));
  }

  private static PhaseTime find(List<PhaseTime> phases, Phase phase) {
    for (PhaseTime time : phases) {
      if (time.phase().equals(phase.id())) {
        return time;
      }
    }
    return new PhaseTime(phase.id(), 0, 0, 0, 0, false);
  }

  private static PhaseTime plus(PhaseTime time, long nanos, boolean estimated) {
    return new PhaseTime(
        time.phase(),
        time.exclusiveNanos() + nanos,
        time.totalNanos() + nanos,
        time.hiddenNanos(),
        time.count(),
        estimated);
  }

  private PromptCache() {}
}

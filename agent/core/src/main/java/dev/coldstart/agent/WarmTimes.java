package dev.coldstart.agent;

import dev.coldstart.phase.PhaseTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What warm requests do: exclusive times by phase of the latest ones, where those without a phase
 * count as 0, and which work they have.
 */
final class WarmTimes {
  private static final int LATEST = 64;
  private static final int MAX_PHASES = 64;
  private static final int MAX_WORKS = 512;

  private final Map<String, long[]> byPhase = new HashMap<>();
  private final Map<String, Integer> byWork = new HashMap<>();
  private int count;

  /**
   * Takes one warm request.
   *
   * @param works names of what ran in it
   */
  void add(List<PhaseTime> phases, Set<String> works) {
    for (String work : works) {
      if (byWork.size() < MAX_WORKS || byWork.containsKey(work)) {
        byWork.merge(work, 1, Integer::sum);
      }
    }
    int at = count++ % LATEST;
    for (long[] times : byPhase.values()) {
      times[at] = 0;
    }
    for (PhaseTime phase : phases) {
      long[] times = byPhase.get(phase.phase());
      if (times == null && byPhase.size() < MAX_PHASES) {
        times = new long[LATEST];
        byPhase.put(phase.phase(), times);
      }
      if (times != null) {
        times[at] = phase.exclusiveNanos();
      }
    }
  }

  /** Warm requests so far. */
  int count() {
    return count;
  }

  /** Whether most warm requests have such work. */
  boolean isUsual(String work) {
    return 2 * byWork.getOrDefault(work, 0) > count;
  }

  /**
   * Nearest-rank 95th percentile, ns, but never the largest of several: one odd request among few
   * says nothing. 0 without a warm request.
   */
  long p95Nanos(String phase) {
    long[] times = byPhase.get(phase);
    if (times == null) {
      return 0;
    }
    long[] sorted = Arrays.copyOf(times, Math.min(count, LATEST));
    Arrays.sort(sorted);
    int rank = Math.min((sorted.length * 95 + 99) / 100, Math.max(1, sorted.length - 1));
    return sorted[rank - 1];
  }
}

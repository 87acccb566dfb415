package dev.coldstart.agent;

import dev.coldstart.phase.PhaseTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Exclusive times by phase of the latest warm requests; those without a phase count as 0. */
final class WarmTimes {
  private static final int LATEST = 64;
  private static final int MAX_PHASES = 64;

  private final Map<String, long[]> byPhase = new HashMap<>();
  private int count;

  /** Takes one warm request. */
  void add(List<PhaseTime> phases) {
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

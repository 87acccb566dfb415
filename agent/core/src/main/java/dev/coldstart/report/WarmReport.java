package dev.coldstart.report;

import java.util.List;

/**
 * Warm requests summed up; nearest-rank percentiles in ns over all warm requests so far, from
 * histograms with 3 significant digits.
 *
 * @param count warm requests
 * @param wall percentiles of the window
 * @param ttft percentiles of the time to the first content token, null when no request had one
 * @param phases percentiles of exclusive time by phase, with {@code unattributed}; requests without
 *     the phase count as 0
 */
public record WarmReport(
    long count, Percentiles wall, Percentiles ttft, List<PhasePercentiles> phases) {

  /** Percentiles of a phase, or of "unattributed"; null when no warm request had it. */
  public PhasePercentiles phase(String id) {
    return phases.stream().filter(p -> p.phase().equals(id)).findFirst().orElse(null);
  }

  /** Percentiles in ns. */
  public record Percentiles(long p50Nanos, long p95Nanos, long p99Nanos, long maxNanos) {}

  /** One phase's percentiles in ns. */
  public record PhasePercentiles(
      String phase, long p50Nanos, long p95Nanos, long p99Nanos, long maxNanos) {}
}

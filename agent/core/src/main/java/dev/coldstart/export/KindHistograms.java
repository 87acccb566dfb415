package dev.coldstart.export;

import dev.coldstart.phase.Phase;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.RequestReport;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.PackedHistogram;

/**
 * Histograms in ns of all requests of one start kind: window, TTFT and exclusive time by phase.
 * Packed: each has a few values, and an array for what is between 1 ns and 10 s takes 90 KB.
 */
final class KindHistograms {
  /** Values above 10 minutes count as 10 minutes, ns. */
  static final long HIGHEST_NANOS = 600_000_000_000L;

  /** Phases with a histogram of their own; the time of further user phases goes to this one. */
  private static final String OTHER = BoundedNames.OTHER;

  private static final int MAX_PHASES = 64;
  private static final int DIGITS = 3;

  private final AbstractHistogram wall = new PackedHistogram(DIGITS);
  private final AbstractHistogram ttft = new PackedHistogram(DIGITS);
  private final Map<String, AbstractHistogram> phases = new LinkedHashMap<>();
  private long firstEpochNanos = Long.MAX_VALUE;
  private long lastEpochNanos = Long.MIN_VALUE;

  void record(RequestReport request) {
    long requestsBefore = wall.getTotalCount();
    if (requestsBefore == Integer.MAX_VALUE) {
      return;
    }
    for (Map.Entry<String, Long> phase : exclusive(request).entrySet()) {
      AbstractHistogram histogram = phases.get(phase.getKey());
      if (histogram == null) {
        histogram = new PackedHistogram(DIGITS);
        phases.put(phase.getKey(), histogram);
      }
      // Requests without the phase count as 0.
      long zeros = requestsBefore - histogram.getTotalCount();
      if (zeros > 0) {
        histogram.recordValueWithCount(0, zeros);
      }
      add(histogram, phase.getValue());
    }
    add(wall, request.wallNanos());
    if (request.ttftNanos() != null) {
      add(ttft, request.ttftNanos());
    }
    firstEpochNanos = Math.min(firstEpochNanos, request.startEpochNanos());
    lastEpochNanos = Math.max(lastEpochNanos, request.startEpochNanos() + request.durationNanos());
  }

  AbstractHistogram wall() {
    return wall;
  }

  AbstractHistogram ttft() {
    return ttft;
  }

  /** Every phase's histogram, as many values in each as there were requests. */
  Map<String, AbstractHistogram> phases() {
    for (AbstractHistogram histogram : phases.values()) {
      long zeros = wall.getTotalCount() - histogram.getTotalCount();
      if (zeros > 0) {
        histogram.recordValueWithCount(0, zeros);
      }
    }
    return phases;
  }

  /** Start of the earliest request, ns since 1970. */
  long firstEpochNanos() {
    return firstEpochNanos;
  }

  /** End of the latest response, ns since 1970. */
  long lastEpochNanos() {
    return lastEpochNanos;
  }

  private Map<String, Long> exclusive(RequestReport request) {
    Map<String, Long> times = new LinkedHashMap<>();
    times.put(Phase.UNATTRIBUTED, request.unattributedNanos());
    for (PhaseTime time : request.phases()) {
      boolean room = phases.containsKey(time.phase()) || phases.size() + times.size() < MAX_PHASES;
      times.merge(room ? time.phase() : OTHER, time.exclusiveNanos(), Long::sum);
    }
    return times;
  }

  private static void add(AbstractHistogram histogram, long nanos) {
    histogram.recordValue(Math.max(0, Math.min(nanos, HIGHEST_NANOS)));
  }
}

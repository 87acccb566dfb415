package dev.coldstart.export;

import dev.coldstart.phase.Phase;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.RequestReport;
import java.util.LinkedHashMap;
import java.util.Map;

/** Histograms in ns of all requests of one start kind: window, TTFT and exclusive time by phase. */
final class KindHistograms {
  /** Phases with a histogram of their own; the time of further user phases goes to this one. */
  private static final String OTHER = BoundedNames.OTHER;

  private static final int MAX_PHASES = 64;

  private final NanosHistogram wall = new NanosHistogram();
  private final NanosHistogram ttft = new NanosHistogram();
  private final Map<String, NanosHistogram> phases = new LinkedHashMap<>();
  private long firstEpochNanos = Long.MAX_VALUE;
  private long lastEpochNanos = Long.MIN_VALUE;

  void record(RequestReport request) {
    long requestsBefore = wall.count();
    if (requestsBefore == Integer.MAX_VALUE) {
      return;
    }
    for (Map.Entry<String, Long> phase : exclusive(request).entrySet()) {
      NanosHistogram histogram = phases.get(phase.getKey());
      if (histogram == null) {
        histogram = new NanosHistogram();
        phases.put(phase.getKey(), histogram);
      }
      // Requests without the phase count as 0.
      long zeros = requestsBefore - histogram.count();
      if (zeros > 0) {
        histogram.add(0, zeros);
      }
      histogram.add(phase.getValue(), 1);
    }
    wall.add(request.wallNanos(), 1);
    if (request.ttftNanos() != null) {
      ttft.add(request.ttftNanos(), 1);
    }
    firstEpochNanos = Math.min(firstEpochNanos, request.startEpochNanos());
    lastEpochNanos = Math.max(lastEpochNanos, request.startEpochNanos() + request.durationNanos());
  }

  NanosHistogram wall() {
    return wall;
  }

  NanosHistogram ttft() {
    return ttft;
  }

  /** Every phase's histogram, as many values in each as there were requests. */
  Map<String, NanosHistogram> phases() {
    for (NanosHistogram histogram : phases.values()) {
      long zeros = wall.count() - histogram.count();
      if (zeros > 0) {
        histogram.add(0, zeros);
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
}

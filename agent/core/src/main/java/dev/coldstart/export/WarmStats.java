package dev.coldstart.export;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.WarmReport;
import dev.coldstart.report.WarmReport.Percentiles;
import dev.coldstart.report.WarmReport.PhasePercentiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Distributions of every finished request by start kind; the warm ones give the report's
 * percentiles, and {@link HdrLog} writes all of them. Bounded: at most 150 KB per phase and kind.
 * Thread-safe.
 */
public final class WarmStats {
  private static final String WARM = "warm";
  private static final int MAX_KINDS = 8;

  private final Map<String, KindHistograms> byKind = new LinkedHashMap<>();

  /** Counts one finished request of any kind. */
  public synchronized void record(RequestReport request) {
    KindHistograms histograms = byKind.get(request.kind());
    if (histograms == null) {
      if (byKind.size() == MAX_KINDS) {
        return;
      }
      histograms = new KindHistograms();
      byKind.put(request.kind(), histograms);
    }
    histograms.record(request);
  }

  /** Percentiles of the warm requests so far, largest median first; null before the first one. */
  public synchronized WarmReport snapshot() {
    KindHistograms warm = byKind.get(WARM);
    if (warm == null) {
      return null;
    }
    List<PhasePercentiles> phases = new ArrayList<>();
    warm.phases()
        .forEach(
            (phase, h) -> {
              long[] at = at(h);
              phases.add(new PhasePercentiles(phase, at[0], at[1], at[2], h.maxNanos()));
            });
    phases.sort(
        Comparator.comparingLong(PhasePercentiles::p50Nanos)
            .reversed()
            .thenComparing(PhasePercentiles::phase));
    return new WarmReport(
        warm.wall().count(), percentiles(warm.wall()), percentiles(warm.ttft()), phases);
  }

  /** Visits the histograms by start kind, under the lock. */
  synchronized void forEachKind(BiConsumer<String, KindHistograms> visitor) {
    byKind.forEach(visitor);
  }

  private static Percentiles percentiles(NanosHistogram h) {
    long[] at = at(h);
    return h.count() == 0 ? null : new Percentiles(at[0], at[1], at[2], h.maxNanos());
  }

  private static long[] at(NanosHistogram histogram) {
    return histogram.percentiles(50, 95, 99);
  }
}

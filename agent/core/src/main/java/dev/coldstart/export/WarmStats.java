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
import org.HdrHistogram.AbstractHistogram;

/**
 * Distributions of every finished request by start kind; the warm ones give the report's
 * percentiles, and {@link HdrLog} writes all of them. Bounded: about 100 KB per phase and kind.
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
            (phase, h) ->
                phases.add(
                    new PhasePercentiles(phase, at(h, 50), at(h, 95), at(h, 99), at(h, 100))));
    phases.sort(
        Comparator.comparingLong(PhasePercentiles::p50Nanos)
            .reversed()
            .thenComparing(PhasePercentiles::phase));
    return new WarmReport(
        warm.wall().getTotalCount(), percentiles(warm.wall()), percentiles(warm.ttft()), phases);
  }

  /** Visits the histograms by start kind, under the lock. */
  synchronized void forEachKind(BiConsumer<String, KindHistograms> visitor) {
    byKind.forEach(visitor);
  }

  private static Percentiles percentiles(AbstractHistogram h) {
    return h.getTotalCount() == 0
        ? null
        : new Percentiles(at(h, 50), at(h, 95), at(h, 99), at(h, 100));
  }

  private static long at(AbstractHistogram histogram, double percentile) {
    return histogram.getValueAtPercentile(percentile);
  }
}

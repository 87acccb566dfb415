package dev.coldstart.export;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.io.ByteArrayOutputStream;

/**
 * Prometheus' protobuf format ({@code io.prometheus.client.MetricFamily}, length-delimited): the
 * only one that native histograms have. Written by hand for counters, gauges, histograms and info,
 * because the generated classes and their runtime would be a sixth of the agent.
 */
final class PrometheusProtobuf {
  static final String ACCEPTED = "application/vnd.google.protobuf";
  static final String CONTENT_TYPE =
      ACCEPTED + "; proto=io.prometheus.client.MetricFamily; encoding=delimited";

  private static final int COUNTER = 0;
  private static final int GAUGE = 1;
  private static final int HISTOGRAM = 4;

  private PrometheusProtobuf() {}

  static void write(ByteArrayOutputStream out, MetricSnapshots all) {
    ProtobufBytes families = new ProtobufBytes(out);
    for (MetricSnapshot snapshot : all) {
      String name = snapshot.getMetadata().getPrometheusName();
      if (snapshot instanceof CounterSnapshot counter) {
        ProtobufBytes family = family(name + "_total", snapshot, COUNTER);
        counter.getDataPoints().forEach(p -> metric(family, p, 3, counter(p)));
        families.delimited(family);
      } else if (snapshot instanceof GaugeSnapshot gauge) {
        ProtobufBytes family = family(name, snapshot, GAUGE);
        gauge.getDataPoints().forEach(p -> metric(family, p, 2, value(p.getValue())));
        families.delimited(family);
      } else if (snapshot instanceof InfoSnapshot info) {
        ProtobufBytes family = family(name + "_info", snapshot, GAUGE);
        info.getDataPoints().forEach(p -> metric(family, p, 2, value(1)));
        families.delimited(family);
      } else if (snapshot instanceof HistogramSnapshot histogram) {
        ProtobufBytes family = family(name, snapshot, HISTOGRAM);
        histogram.getDataPoints().forEach(p -> metric(family, p, 7, histogram(p)));
        families.delimited(family);
      }
    }
  }

  private static ProtobufBytes family(String name, MetricSnapshot snapshot, int type) {
    ProtobufBytes family = new ProtobufBytes();
    family.text(1, name);
    if (snapshot.getMetadata().getHelp() != null) {
      family.text(2, snapshot.getMetadata().getHelp());
    }
    family.number(3, type);
    return family;
  }

  private static void metric(
      ProtobufBytes family, DataPointSnapshot point, int field, ProtobufBytes content) {
    ProtobufBytes metric = new ProtobufBytes();
    labels(metric, point.getLabels());
    metric.message(field, content);
    family.message(4, metric);
  }

  private static void labels(ProtobufBytes out, Labels labels) {
    for (int i = 0; i < labels.size(); i++) {
      ProtobufBytes pair = new ProtobufBytes();
      pair.text(1, labels.getPrometheusName(i));
      pair.text(2, labels.getValue(i));
      out.message(1, pair);
    }
  }

  private static ProtobufBytes value(double value) {
    ProtobufBytes out = new ProtobufBytes();
    out.real(1, value);
    return out;
  }

  private static ProtobufBytes counter(CounterSnapshot.CounterDataPointSnapshot point) {
    ProtobufBytes counter = value(point.getValue());
    if (point.getExemplar() != null) {
      counter.message(2, exemplar(point.getExemplar()));
    }
    return counter;
  }

  private static ProtobufBytes histogram(HistogramDataPointSnapshot point) {
    ProtobufBytes histogram = new ProtobufBytes();
    histogram.number(1, point.getCount());
    histogram.real(2, point.getSum());
    if (point.hasClassicHistogramData()) {
      classic(histogram, point);
    }
    if (point.hasNativeHistogramData()) {
      histogram.signed(5, point.getNativeSchema());
      histogram.real(6, point.getNativeZeroThreshold());
      histogram.number(7, point.getNativeZeroCount());
      buckets(histogram, 9, point.getNativeBucketsForNegativeValues());
      buckets(histogram, 12, point.getNativeBucketsForPositiveValues());
      point.getExemplars().forEach(e -> histogram.message(16, exemplar(e)));
      if (point.getNativeBucketsForPositiveValues().size() == 0
          && point.getNativeBucketsForNegativeValues().size() == 0) {
        // An empty span tells a native histogram without values from a classic one.
        histogram.message(12, new ProtobufBytes());
      }
    }
    return histogram;
  }

  private static void classic(ProtobufBytes histogram, HistogramDataPointSnapshot point) {
    ClassicHistogramBuckets buckets = point.getClassicBuckets();
    long cumulative = 0;
    double below = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < buckets.size(); i++) {
      cumulative += buckets.getCount(i);
      double bound = buckets.getUpperBound(i);
      ProtobufBytes bucket = new ProtobufBytes();
      bucket.number(1, cumulative);
      bucket.real(2, bound);
      Exemplar exemplar = point.getExemplars().get(below, bound);
      if (exemplar != null) {
        bucket.message(3, exemplar(exemplar));
      }
      histogram.message(3, bucket);
      below = bound;
    }
  }

  /** Runs of neighbouring buckets, and the difference of each count to the one before. */
  private static void buckets(ProtobufBytes histogram, int field, NativeHistogramBuckets buckets) {
    ProtobufBytes deltas = new ProtobufBytes();
    long before = 0;
    int next = 0;
    for (int i = 0; i < buckets.size(); ) {
      int first = buckets.getBucketIndex(i);
      int length = 0;
      while (i < buckets.size() && buckets.getBucketIndex(i) == first + length) {
        deltas.signed(buckets.getCount(i) - before);
        before = buckets.getCount(i++);
        length++;
      }
      ProtobufBytes span = new ProtobufBytes();
      span.signed(1, first - next);
      span.number(2, length);
      histogram.message(field, span);
      next = first + length;
    }
    if (before != 0 || buckets.size() > 0) {
      histogram.message(field + 1, deltas);
    }
  }

  private static ProtobufBytes exemplar(Exemplar exemplar) {
    ProtobufBytes out = new ProtobufBytes();
    labels(out, exemplar.getLabels());
    out.real(2, exemplar.getValue());
    if (exemplar.hasTimestamp()) {
      ProtobufBytes timestamp = new ProtobufBytes();
      timestamp.number(1, exemplar.getTimestampMillis() / 1_000);
      timestamp.number(2, exemplar.getTimestampMillis() % 1_000 * 1_000_000);
      out.message(3, timestamp);
    }
    return out;
  }
}

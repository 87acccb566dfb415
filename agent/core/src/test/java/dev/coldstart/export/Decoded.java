package dev.coldstart.export;

import static java.util.stream.Collectors.toMap;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Finds things in what a test receiver decoded; attributes become text. */
final class Decoded {
  static List<Span> trace(OtlpReceiver receiver, String traceId) {
    return receiver.spans().stream()
        .filter(s -> hex(s.getTraceId().toByteArray()).equals(traceId))
        .toList();
  }

  static Span named(OtlpReceiver receiver, String name) {
    return receiver.spans().stream()
        .filter(s -> s.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  static Metric metric(OtlpReceiver receiver, String name) {
    return receiver.metrics().stream()
        .filter(m -> m.getName().equals(name))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  static HistogramDataPoint point(Metric metric, Map<String, String> attributes) {
    return metric.getHistogram().getDataPointsList().stream()
        .filter(p -> attributes(p.getAttributesList()).equals(attributes))
        .findFirst()
        .orElseThrow();
  }

  static Map<String, String> attributes(Span span) {
    return attributes(span.getAttributesList());
  }

  static Map<String, String> attributes(List<KeyValue> list) {
    return list.stream().collect(toMap(KeyValue::getKey, kv -> text(kv.getValue())));
  }

  private static String text(AnyValue value) {
    return switch (value.getValueCase()) {
      case INT_VALUE -> Long.toString(value.getIntValue());
      case DOUBLE_VALUE -> Double.toString(value.getDoubleValue());
      case BOOL_VALUE -> Boolean.toString(value.getBoolValue());
      default -> value.getStringValue();
    };
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** A counter's or gauge's values by attributes. */
  static Map<Map<String, String>, Double> numbers(Metric metric) {
    List<NumberDataPoint> points =
        metric.hasSum()
            ? metric.getSum().getDataPointsList()
            : metric.getGauge().getDataPointsList();
    return points.stream()
        .collect(
            toMap(
                p -> attributes(p.getAttributesList()),
                p -> p.hasAsInt() ? (double) p.getAsInt() : p.getAsDouble()));
  }

  private Decoded() {}
}

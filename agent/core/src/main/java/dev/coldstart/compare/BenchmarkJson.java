package dev.coldstart.compare;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.coldstart.compare.Comparison.Metric;
import dev.coldstart.compare.Comparison.Range;
import dev.coldstart.report.Human;
import java.util.Locale;

/** The new side's medians for services that keep their history. */
final class BenchmarkJson {
  private static final double NANOS_PER_MS = 1e6;

  /** {@code customSmallerIsBetter} of github-action-benchmark; values in ms. */
  static String customSmallerIsBetter(Comparison comparison) {
    JsonArray all = new JsonArray();
    for (Metric metric : comparison.metrics()) {
      Range range = metric.otherNanos();
      JsonObject entry = new JsonObject();
      entry.addProperty("name", metric.name());
      entry.addProperty("unit", "ms");
      entry.addProperty("value", millis(range.estimate()));
      entry.addProperty("range", millis(range.low()) + " .. " + millis(range.high()));
      entry.addProperty(
          "extra",
          "median of "
              + Human.count(comparison.otherRuns(), "run")
              + ", 95 % interval; base "
              + millis(metric.baseNanos().estimate())
              + " ms, verdict "
              + Words.verdict(metric));
      all.add(entry);
    }
    return text(all);
  }

  /** Bencher Metric Format, measure {@code latency}; values in ns. */
  static String bencher(Comparison comparison) {
    JsonObject all = new JsonObject();
    for (Metric metric : comparison.metrics()) {
      Range range = metric.otherNanos();
      JsonObject values = new JsonObject();
      values.addProperty("value", range.estimate());
      values.addProperty("lower_value", range.low());
      values.addProperty("upper_value", range.high());
      JsonObject measures = new JsonObject();
      measures.add("latency", values);
      all.add(metric.name(), measures);
    }
    return text(all);
  }

  private static double millis(long nanos) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.3f", nanos / NANOS_PER_MS));
  }

  private static String text(JsonElement tree) {
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(tree) + '\n';
  }

  private BenchmarkJson() {}
}

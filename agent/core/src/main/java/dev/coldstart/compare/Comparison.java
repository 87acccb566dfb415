package dev.coldstart.compare;

import com.google.gson.annotations.SerializedName;
import java.util.List;
import java.util.Locale;

/**
 * The result: schema {@code coldstart.comparison/1}. Times in ns.
 *
 * @param schema always {@link #SCHEMA}
 * @param verdict of all gated metrics: regression if one of them is, else inconclusive if one is
 * @param base name of the base
 * @param other name of the new side
 * @param baseRuns runs of the base that count
 * @param otherRuns runs of the new side that count
 * @param alpha accepted chance of a false alarm, all gated metrics together
 * @param warnings what to know before believing it, one line each
 * @param metrics gated ones first, worst first
 */
public record Comparison(
    String schema,
    Verdict verdict,
    String base,
    String other,
    int baseRuns,
    int otherRuns,
    double alpha,
    List<String> warnings,
    List<Metric> metrics) {

  /** Name and version of the format. */
  public static final String SCHEMA = "coldstart.comparison/1";

  /** The answer. */
  public enum Verdict {
    /** Not slower by more than the budget. */
    @SerializedName("pass")
    PASS,
    /** Slower by more than the budget. */
    @SerializedName("regression")
    REGRESSION,
    /** These runs cannot tell. */
    @SerializedName("inconclusive")
    INCONCLUSIVE;

    String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One metric.
   *
   * @param name such as {@code cold.tool_registry}
   * @param budget as people read it, null when the metric is only shown
   * @param baseNanos median of the base
   * @param otherNanos median of the new side
   * @param shiftNanos Hodges-Lehmann shift
   * @param relative shift by the base's median, null when that is 0
   * @param p chance of such a difference if nothing had changed, one-sided Mann-Whitney
   * @param pAdjusted the same, by Holm over all tested metrics; null when the metric is only shown
   *     or too small to exceed its budget
   * @param verdict null when the metric is only shown
   * @param reason why, in one line; null when the metric is only shown
   */
  public record Metric(
      String name,
      String budget,
      Range baseNanos,
      Range otherNanos,
      Range shiftNanos,
      Double relative,
      double p,
      Double pAdjusted,
      Verdict verdict,
      String reason) {
    boolean gated() {
      return verdict != null;
    }

    boolean is(Verdict other) {
      return verdict == other;
    }
  }

  /** An estimate with its 95 % interval, in ns. */
  public record Range(long estimate, long low, long high) {}

  List<Metric> gated() {
    return metrics.stream().filter(Metric::gated).toList();
  }

  List<Metric> with(Verdict wanted) {
    return metrics.stream().filter(metric -> metric.is(wanted)).toList();
  }
}

package dev.coldstart.compare;

import dev.coldstart.compare.Comparison.Metric;
import dev.coldstart.compare.Comparison.Range;
import dev.coldstart.compare.Comparison.Verdict;
import dev.coldstart.report.Human;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a comparison is put into words; the same in every format for people. */
final class Words {
  private static final String COLD = "cold.";
  private static final int MAX_ROWS = 200;

  /** The result in one sentence; names the phase that got slower. */
  static String headline(Comparison comparison) {
    List<Metric> slower = comparison.with(Verdict.REGRESSION);
    return switch (comparison.verdict()) {
      case REGRESSION -> "Cold start got slower: " + culprit(slower);
      case INCONCLUSIVE ->
          "These runs cannot tell whether cold start got slower: "
              + comparison.with(Verdict.INCONCLUSIVE).stream()
                  .map(Metric::name)
                  .collect(Collectors.joining(", "));
      case PASS ->
          "Cold start did not get slower ("
              + Human.count(comparison.gated().size(), "gated metric")
              + ")";
    };
  }

  /** The phase that lost most, with the metrics it took along. */
  private static String culprit(List<Metric> slower) {
    Metric worst = slower.stream().filter(Words::isPhase).findFirst().orElse(slower.get(0));
    String rest =
        slower.stream()
            .filter(metric -> !metric.equals(worst))
            .map(Metric::name)
            .collect(Collectors.joining(", "));
    return (isPhase(worst) ? "phase " + worst.name().substring(COLD.length()) : worst.name())
        + " by "
        + change(worst)
        + (rest.isEmpty() ? "" : "; also " + rest);
  }

  private static boolean isPhase(Metric metric) {
    return metric.name().startsWith(COLD)
        && !List.of(COLD + "wall", COLD + "ttft").contains(metric.name());
  }

  /** "base.json (20 runs) against new.json (20 runs)". */
  static String sides(Comparison comparison) {
    return Human.clean(comparison.base(), 200)
        + " ("
        + Human.count(comparison.baseRuns(), "run")
        + ") against "
        + Human.clean(comparison.other(), 200)
        + " ("
        + Human.count(comparison.otherRuns(), "run")
        + ")";
  }

  /** "+512 ms (+10.3 %)". */
  static String change(Metric metric) {
    String time = signed(metric.shiftNanos().estimate());
    return metric.relative() == null
        ? time
        : time + String.format(Locale.ROOT, " (%+.1f %%)", 100 * metric.relative());
  }

  /** "+480 ms .. +530 ms". */
  static String interval(Metric metric) {
    Range shift = metric.shiftNanos();
    return signed(shift.low()) + " .. " + signed(shift.high());
  }

  /** 0.025 as "2.5 %". */
  static String percent(double share) {
    BigDecimal percent = BigDecimal.valueOf(share * 100).round(new MathContext(3));
    return percent.stripTrailingZeros().toPlainString() + " %";
  }

  static String p(Metric metric) {
    double p = metric.pAdjusted() == null ? metric.p() : metric.pAdjusted();
    return p < 0.0001 ? "<0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }

  /** For people: what is gated, and what else belongs to the cold start. */
  static List<Metric> shown(Comparison comparison) {
    return comparison.metrics().stream()
        .filter(
            metric ->
                metric.gated()
                    || !(metric.name().startsWith("warm.") || metric.name().startsWith("startup.")))
        .limit(MAX_ROWS)
        .toList();
  }

  static String verdict(Metric metric) {
    return metric.gated() ? metric.verdict().id() : "-";
  }

  private static String signed(long nanos) {
    return (nanos > 0 ? "+" : "") + Human.time(nanos);
  }

  private Words() {}
}

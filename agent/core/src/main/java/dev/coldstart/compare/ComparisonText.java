package dev.coldstart.compare;

import dev.coldstart.compare.Comparison.Metric;
import dev.coldstart.compare.Comparison.Verdict;
import dev.coldstart.report.Human;
import java.util.Locale;

/** For a terminal or a build log: plain ASCII. */
final class ComparisonText {
  private static final String ROW = "  %-30s %9s %9s  %-20s %-24s %8s  %s";

  static String render(Comparison comparison) {
    StringBuilder out = new StringBuilder();
    line(out, "Coldstart: " + Words.sides(comparison));
    line(out, "");
    line(out, "  " + Human.clean(Words.headline(comparison), 500));
    line(out, "");
    line(out, ROW, "metric", "base", "new", "shift", "95 % interval", "p", "verdict");
    for (Metric metric : Words.shown(comparison)) {
      line(
          out,
          ROW,
          Human.clean(metric.name(), 30),
          Human.time(metric.baseNanos().estimate()),
          Human.time(metric.otherNanos().estimate()),
          Words.change(metric),
          Words.interval(metric),
          Words.p(metric),
          Words.verdict(metric));
    }
    line(out, "");
    for (Metric metric : comparison.gated()) {
      if (!metric.is(Verdict.PASS)) {
        line(out, "  " + Human.clean(metric.name(), 200) + ": " + metric.reason());
      }
    }
    comparison.warnings().forEach(warning -> line(out, "  Warning: " + Human.clean(warning, 300)));
    line(out, "  " + legend(comparison));
    return out.toString();
  }

  static String legend(Comparison comparison) {
    return "Medians; Hodges-Lehmann shift; p: Mann-Whitney, one-sided, of gated metrics adjusted by"
        + " Holm; even without budgets false alarms in at most "
        + Words.percent(comparison.alpha())
        + " of comparisons.";
  }

  private static void line(StringBuilder out, String format, Object... values) {
    String text = values.length == 0 ? format : String.format(Locale.ROOT, format, values);
    out.append(text.stripTrailing()).append('\n');
  }

  private ComparisonText() {}
}

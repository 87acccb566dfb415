package dev.coldstart.compare;

import dev.coldstart.compare.Comparison.Metric;
import dev.coldstart.compare.Comparison.Verdict;
import dev.coldstart.report.Human;

/** For a pull request or a step summary. */
final class ComparisonMarkdown {
  static String render(Comparison comparison) {
    StringBuilder out = new StringBuilder();
    out.append("### ").append(mark(comparison.verdict())).append(' ');
    out.append(escape(Words.headline(comparison))).append("\n\n");
    out.append(escape(Words.sides(comparison))).append("\n\n");
    table(out, comparison);
    for (Metric metric : comparison.gated()) {
      if (!metric.is(Verdict.PASS)) {
        out.append("- **").append(escape(metric.name())).append("** (budget ");
        out.append(metric.budget()).append("): ").append(escape(metric.reason())).append('\n');
      }
    }
    comparison
        .warnings()
        .forEach(warning -> out.append("- Warning: ").append(escape(warning)).append('\n'));
    out.append("\n<sub>").append(ComparisonText.legend(comparison)).append("</sub>\n");
    return out.toString();
  }

  private static void table(StringBuilder out, Comparison comparison) {
    out.append("| metric | base | new | shift | 95 % interval | p | verdict |\n");
    out.append("|---|--:|--:|--:|--:|--:|---|\n");
    for (Metric metric : Words.shown(comparison)) {
      out.append("| ").append(escape(metric.name()));
      out.append(" | ").append(Human.time(metric.baseNanos().estimate()));
      out.append(" | ").append(Human.time(metric.otherNanos().estimate()));
      out.append(" | ").append(Words.change(metric));
      out.append(" | ").append(Words.interval(metric));
      out.append(" | ").append(Words.p(metric));
      String verdict = Words.verdict(metric);
      out.append(" | ").append(metric.is(Verdict.REGRESSION) ? "**" + verdict + "**" : verdict);
      out.append(" |\n");
    }
    out.append('\n');
  }

  private static String mark(Verdict verdict) {
    return switch (verdict) {
      case PASS -> ":white_check_mark:";
      case REGRESSION -> ":x:";
      case INCONCLUSIVE -> ":grey_question:";
    };
  }

  /** Names come from outside: they must neither format nor link nor be HTML. */
  private static String escape(String text) {
    return Human.clean(text, 500)
        .replaceAll("[\\\\`*\\[\\]|~]", "\\\\$0")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }

  private ComparisonMarkdown() {}
}

package dev.coldstart.compare;

import dev.coldstart.compare.Comparison.Metric;
import dev.coldstart.compare.Comparison.Verdict;
import dev.coldstart.report.Human;
import java.util.List;

/**
 * Workflow commands that GitHub shows beside the run. It shows 10 of a kind for each step, so what
 * is beyond that is summed up in the last one; a message is cut far below its limit of 64 KiB.
 */
final class GitHubAnnotations {
  private static final int MAX_OF_A_KIND = 10;
  private static final int MAX_MESSAGE = 4_096;

  static String render(Comparison comparison) {
    StringBuilder out = new StringBuilder();
    each(out, "error", comparison.with(Verdict.REGRESSION));
    each(out, "warning", comparison.with(Verdict.INCONCLUSIVE));
    command(out, "notice", "Coldstart", Words.headline(comparison));
    return out.toString();
  }

  private static void each(StringBuilder out, String kind, List<Metric> metrics) {
    int shown = metrics.size() <= MAX_OF_A_KIND ? metrics.size() : MAX_OF_A_KIND - 1;
    for (Metric metric : metrics.subList(0, shown)) {
      command(
          out,
          kind,
          "Coldstart: " + metric.name() + " " + metric.verdict().id(),
          Human.time(metric.baseNanos().estimate())
              + " to "
              + Human.time(metric.otherNanos().estimate())
              + ", shift "
              + Words.change(metric)
              + ": "
              + metric.reason());
    }
    if (shown < metrics.size()) {
      List<String> rest =
          metrics.subList(shown, metrics.size()).stream().map(Metric::name).toList();
      command(out, kind, "Coldstart: " + rest.size() + " more", String.join(", ", rest));
    }
  }

  private static void command(StringBuilder out, String kind, String title, String message) {
    out.append("::").append(kind).append(" title=").append(property(title)).append("::");
    out.append(data(Human.clean(message, MAX_MESSAGE))).append('\n');
  }

  private static String property(String text) {
    return data(Human.clean(text, 200)).replace(":", "%3A").replace(",", "%2C");
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private GitHubAnnotations() {}
}

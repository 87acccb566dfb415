package dev.coldstart.report;

import java.util.List;

/**
 * The summary for a terminal: plain ASCII, at most 100 columns, ends with a line break. Text that
 * comes from outside is stripped of control characters. Thread-safe.
 */
public final class SummaryText {
  /**
   * After the first request, or at exit when there was none.
   *
   * @param reportFile path of the JSON report, null when none was written
   */
  public static String first(RunReport report, String reportFile) {
    StringBuilder out = new StringBuilder(4096);
    out.append("\nColdstart: ").append(Human.clean(report.service(), 60));
    if (report.requests().isEmpty()) {
      out.append(", no request seen\n\n");
      Human.wrap(out, "  ", "  ", noRequest(report));
      new SummaryNotes(report, null).afterNothing(out, reportFile);
      return out.toString();
    }
    RequestReport request = report.requests().get(0);
    out.append(", first request: ").append(entry(request)).append("\n\n");
    if (request.phases().isEmpty()) {
      Human.wrap(out, "  ", "  ", nothingMeasured(report, request));
      new SummaryNotes(report, request).afterNothing(out, reportFile);
      return out.toString();
    }
    Headline headline = new Headline(request);
    Human.wrap(out, "  ", "  ", headline.title() + ' ' + headline.detail());
    out.append('\n');
    new SummaryTable(request, report.warm()).render(out);
    out.append('\n');
    new SummaryNotes(report, request).afterFirst(out, reportFile);
    return out.toString();
  }

  /**
   * After enough warm requests: the first one beside the warm median. Falls back to {@link #first}
   * while there is nothing to compare.
   *
   * @param reportFile path of the JSON report, null when none was written
   */
  public static String warm(RunReport report, String reportFile) {
    if (report.warm() == null
        || report.requests().isEmpty()
        || report.requests().get(0).phases().isEmpty()) {
      return first(report, reportFile);
    }
    RequestReport request = report.requests().get(0);
    StringBuilder out = new StringBuilder(4096);
    out.append("\nColdstart: ").append(Human.clean(report.service(), 60));
    out.append(", first request beside ");
    out.append(Human.count(report.warm().count(), "warm one")).append(": ");
    out.append(entry(request)).append("\n\n");
    Headline headline = new Headline(request);
    Human.wrap(out, "  ", "  ", headline.waited() + ". " + headline.besideWarm(report.warm()));
    out.append('\n');
    new SummaryTable(request, report.warm()).render(out);
    out.append('\n');
    new SummaryNotes(report, request).afterWarm(out, reportFile);
    return out.toString();
  }

  /**
   * After a request in which something that had been warm had to be made again.
   *
   * @param reportFile path of the JSON report, null when none was written
   */
  public static String recold(RunReport report, RequestReport request, String reportFile) {
    StringBuilder out = new StringBuilder(4096);
    out.append("\nColdstart: ").append(Human.clean(report.service(), 60));
    out.append(", cold again");
    if (request.idleNanos() != null) {
      out.append(" after ").append(Human.time(request.idleNanos())).append(" of quiet");
    }
    out.append(": ").append(entry(request)).append("\n\n");
    Headline headline = new Headline(request);
    String beside = report.warm() == null ? "" : ' ' + headline.besideWarm(report.warm());
    Human.wrap(out, "  ", "  ", headline.waited() + '.' + beside);
    out.append('\n');
    new SummaryTable(request, report.warm()).render(out);
    out.append('\n');
    new SummaryNotes(report, request).afterRecold(out, reportFile);
    return out.toString();
  }

  private static String entry(RequestReport request) {
    return Human.clean(request.method(), 10)
        + ' '
        + Human.clean(request.route(), 40)
        + " ("
        + request.kind()
        + (request.failed() ? ", failed)" : ")");
  }

  private static String nothingMeasured(RunReport report, RequestReport request) {
    int woven = report.agent().classesWoven();
    return new Headline(request).waited()
        + ", all of it unattributed: "
        + (woven == 0
            ? "no class was woven, so nothing inside the request was measured."
            : woven
                + (woven == 1 ? " class" : " classes")
                + " woven, but none of the methods looked at ran in this request.")
        + ' '
        + reason(report.agent().warnings());
  }

  private static String noRequest(RunReport report) {
    return "The process ran for "
        + Human.time(report.startup().wallNanos())
        + " and no request began that Coldstart can see. "
        + reason(report.agent().warnings());
  }

  private static String reason(List<String> warnings) {
    return warnings.isEmpty()
        ? "To find out why, run: java -jar coldstart-agent.jar doctor"
        : "Likely reason: " + Human.clean(warnings.get(0), 400);
  }

  private SummaryText() {}
}

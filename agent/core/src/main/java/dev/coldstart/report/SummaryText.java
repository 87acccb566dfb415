package dev.coldstart.report;

import dev.coldstart.phase.Phase;
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
    Human.wrap(out, "  ", "  ", answer(request));
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
    Human.wrap(out, "  ", "  ", comparison(request, report.warm()));
    out.append('\n');
    new SummaryTable(request, report.warm()).render(out);
    out.append('\n');
    new SummaryNotes(report, request).afterWarm(out, reportFile);
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

  /** The sentence that is the answer in one look. */
  private static String answer(RequestReport request) {
    StringBuilder text = new StringBuilder(waited(request)).append(". ");
    long ttft = exclusive(request, Phase.LLM_TTFT);
    long cache = exclusive(request, Phase.PROMPT_CACHE);
    long model = ttft + cache;
    if (request.llm().isEmpty() && model == 0) {
      text.append("No model call was seen.");
    } else {
      text.append("Waiting for the model's first token was ").append(Human.time(model));
      text.append(" of it (").append(Human.share(model, request.wallNanos())).append(')');
      if (cache > 0) {
        text.append(", about ").append(Human.time(cache)).append(" of that a prompt-cache miss");
      }
      text.append('.');
    }
    return text.append(largest(request, model)).toString();
  }

  private static String waited(RequestReport request) {
    boolean token = request.window().equals("first_visible_token");
    return (token ? "First token after " : "Answer complete after ")
        + Human.time(request.wallNanos());
  }

  private static String largest(RequestReport request, long modelNanos) {
    String name = Phase.UNATTRIBUTED;
    long nanos = request.unattributedNanos();
    for (var phase : request.phases()) {
      boolean model =
          phase.phase().equals(Phase.LLM_TTFT.id())
              || phase.phase().equals(Phase.PROMPT_CACHE.id());
      if (!model && phase.exclusiveNanos() > nanos) {
        name = phase.phase();
        nanos = phase.exclusiveNanos();
      }
    }
    if (nanos <= modelNanos || nanos == 0) {
      return " That is the largest part.";
    }
    return " Most went to "
        + Human.clean(name, 40)
        + ": "
        + Human.time(nanos)
        + " ("
        + Human.share(nanos, request.wallNanos())
        + ").";
  }

  private static String comparison(RequestReport request, WarmReport warm) {
    long median = warm.wall().p50Nanos();
    String text = waited(request) + "; warm requests took " + Human.time(median) + " (median of ";
    text += warm.count() + ", p95 " + Human.time(warm.wall().p95Nanos()) + ").";
    return median > 0 && request.wallNanos() > median
        ? text + " The first was " + Human.ratio(request.wallNanos(), median) + " as long."
        : text;
  }

  private static String nothingMeasured(RunReport report, RequestReport request) {
    int woven = report.agent().classesWoven();
    return waited(request)
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

  private static long exclusive(RequestReport request, Phase phase) {
    return request.phases().stream()
        .filter(p -> p.phase().equals(phase.id()))
        .mapToLong(p -> p.exclusiveNanos())
        .sum();
  }

  private SummaryText() {}
}

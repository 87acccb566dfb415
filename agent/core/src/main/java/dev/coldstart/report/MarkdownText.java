package dev.coldstart.report;

import dev.coldstart.phase.Phase;
import dev.coldstart.phase.PhaseTime;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The report as GitHub-flavoured Markdown, for pull requests and job summaries. Text that comes
 * from outside can form no link, mention, image or HTML. Thread-safe.
 */
public final class MarkdownText {
  private static final int MAX_ROWS = 40;
  private static final int MAX_ITEMS = 6;
  private static final int MAX_WARNINGS = 10;

  private final RunReport report;
  private final StringBuilder out = new StringBuilder(4096);

  private MarkdownText(RunReport report) {
    this.report = report;
  }

  /** The first request beside the warm ones; ends with a line break. */
  public static String of(RunReport report) {
    return new MarkdownText(report).render();
  }

  private String render() {
    out.append("### Coldstart: ").append(text(report.service(), 60));
    if (report.requests().isEmpty()) {
      out.append(", no request seen\n\n");
    } else {
      RequestReport request = report.requests().get(0);
      out.append(", first request: ").append(text(request.method(), 10)).append(' ');
      out.append(text(request.route(), 80)).append(" (").append(text(request.kind(), 10));
      out.append(request.failed() ? ", failed)\n\n" : ")\n\n");
      answer(request);
      table(request);
    }
    startup();
    advice();
    cost();
    warnings();
    return out.toString();
  }

  private void answer(RequestReport request) {
    Headline headline = new Headline(request);
    out.append("**").append(headline.title()).append("** ");
    out.append(text(headline.detail(), 400)).append('\n');
    String beside = headline.besideWarm(report.warm());
    out.append(beside).append(beside.isEmpty() ? "\n" : "\n\n");
  }

  private void table(RequestReport request) {
    out.append("| phase | ").append(text(request.kind(), 10));
    out.append(" | share | total | hidden | warm p50 | warm p95 | ratio |\n");
    out.append("|---|--:|--:|--:|--:|--:|--:|--:|\n");
    request.phases().stream().limit(MAX_ROWS).forEach(phase -> row(request, phase));
    if (request.phases().size() > MAX_ROWS) {
      long rest =
          request.phases().stream().skip(MAX_ROWS).mapToLong(PhaseTime::exclusiveNanos).sum();
      String name = (request.phases().size() - MAX_ROWS) + " smaller phases";
      cells(name, Human.time(rest), Human.share(rest, request.wallNanos()), "", "", "", "", "");
    }
    long rest = request.unattributedNanos();
    String share = Human.share(rest, request.wallNanos());
    cells(Phase.UNATTRIBUTED, Human.time(rest), share, "", "", warm(Phase.UNATTRIBUTED, rest));
    WarmReport warm = report.warm();
    cells(
        "**window**",
        "**" + Human.time(request.wallNanos()) + "**",
        "100 %",
        "",
        "",
        warm == null
            ? "- | - | -"
            : percentiles(warm.wall().p50Nanos(), warm.wall().p95Nanos(), request.wallNanos()));
    out.append('\n');
  }

  private void row(RequestReport request, PhaseTime phase) {
    cells(
        text(phase.phase(), 40),
        (phase.estimated() ? "~" : "") + Human.time(phase.exclusiveNanos()),
        Human.share(phase.exclusiveNanos(), request.wallNanos()),
        Human.time(phase.totalNanos()),
        Human.time(phase.hiddenNanos()),
        warm(phase.phase(), phase.exclusiveNanos()));
  }

  private String warm(String phase, long nanos) {
    WarmReport.PhasePercentiles warm = report.warm() == null ? null : report.warm().phase(phase);
    return warm == null ? "- | - | -" : percentiles(warm.p50Nanos(), warm.p95Nanos(), nanos);
  }

  private static String percentiles(long p50, long p95, long nanos) {
    String ratio = p50 > 0 ? Human.ratio(nanos, p50) : "-";
    return Human.time(p50) + " | " + Human.time(p95) + " | " + ratio;
  }

  private void cells(String... cells) {
    out.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private void startup() {
    pod();
    StartupReport startup = report.startup();
    String ready =
        startup.readyNanos() == null
            ? " until the first request (readiness not seen)"
            : " (" + text(String.valueOf(startup.readySignal()), 40) + ")";
    out.append("- **Before ready** ").append(Human.time(Paid.untilReadyNanos(startup)));
    out.append(ready).append(items(Paid.beforeReady(startup))).append('\n');
    if (!report.requests().isEmpty()) {
      Map<String, Long> paid = Paid.by(report.requests().get(0), report.warm());
      long sum = paid.values().stream().mapToLong(Long::longValue).sum();
      out.append("- **First user** ").append(Human.time(sum));
      out.append(report.warm() == null ? " of first-time work" : " more than the warm medians");
      out.append(items(paid)).append('\n');
    }
    out.append('\n');
  }

  private void pod() {
    PodTimeline pod = report.pod();
    if (pod != null) {
      out.append("- **Pod** ").append(text(pod.pod(), 100)).append(": ");
      out.append(text(PodText.steps(pod), 2000)).append('\n');
      pod.notes().forEach(note -> out.append("  - ").append(text(note, 400)).append('\n'));
    }
  }

  private static String items(Map<String, Long> paid) {
    String items =
        paid.entrySet().stream()
            .limit(MAX_ITEMS)
            .map(e -> text(e.getKey(), 40) + ' ' + Human.time(e.getValue()))
            .collect(Collectors.joining(", "));
    return (items.isEmpty() ? "" : ": " + items) + (paid.size() > MAX_ITEMS ? ", ..." : "");
  }

  private void advice() {
    if (report.advice().isEmpty()) {
      return;
    }
    out.append("**What to try** (savings are upper bounds and overlap)\n\n");
    for (RunReport.Advice advice : report.advice()) {
      Long saving = advice.savingNanos();
      out.append("1. ").append(text(advice.title(), 200));
      out.append(saving == null ? "" : ", saves up to **" + Human.time(saving) + "**");
      out.append(". ").append(text(advice.evidence(), 400)).append('\n');
    }
    out.append('\n');
  }

  private void cost() {
    AgentFacts agent = report.agent();
    JvmFacts jvm = report.jvm();
    out.append("<sub>Coldstart ").append(text(agent.version(), 40)).append(": premain ");
    out.append(Human.time(agent.premainNanos())).append(", weaving ");
    out.append(Human.time(agent.weavingNanos()));
    Long compiling = agent.compilingNanos();
    out.append(compiling == null ? "" : ", compiling that about " + Human.time(compiling));
    out.append(", recording about ");
    out.append(Human.time(agent.recordingNanos())).append(". Java ");
    out.append(text(jvm.version(), 40)).append(", ").append(jvm.cpus()).append(" CPUs, CDS ");
    out.append(text(jvm.cds(), 40)).append(", AOT cache ").append(text(jvm.aot(), 40));
    out.append(".</sub>\n");
  }

  private void warnings() {
    report.agent().warnings().stream()
        .limit(MAX_WARNINGS)
        .forEach(warning -> out.append("\n> Warning: ").append(text(warning, 400)).append('\n'));
  }

  /** What could be Markdown, HTML, a link or a mention is written as a character reference. */
  private static String text(String outside, int max) {
    StringBuilder safe = new StringBuilder();
    String clean = Human.clean(outside, max);
    for (int i = 0; i < clean.length(); i++) {
      char c = clean.charAt(i);
      boolean word =
          i > 0 && i < clean.length() - 1 && Character.isLetterOrDigit(clean.charAt(i - 1));
      boolean plain = Character.isLetterOrDigit(c) || " ,.;?()/%-+='".indexOf(c) >= 0;
      boolean snake = c == '_' && word && Character.isLetterOrDigit(clean.charAt(i + 1));
      boolean colon = c == ':' && i + 1 < clean.length() && clean.charAt(i + 1) == ' ';
      if (plain || snake || colon) {
        safe.append(c);
      } else {
        safe.append("&#").append((int) c).append(';');
      }
    }
    return safe.toString();
  }
}

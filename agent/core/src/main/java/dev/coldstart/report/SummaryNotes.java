package dev.coldstart.report;

import dev.coldstart.phase.PhaseTime;
import dev.coldstart.phase.SerialWork;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What stands below the table of a summary. */
final class SummaryNotes {
  private static final int MAX_ITEMS = 6;
  private static final int MAX_CALLS = 5;
  private static final int MAX_WARNINGS = 10;
  private static final String HANG = "                 ";

  private final RunReport report;
  private final RequestReport request;
  private final KindNotes kinds;

  /**
   * @param request null when there was none
   */
  SummaryNotes(RunReport report, RequestReport request) {
    this.report = report;
    this.request = request;
    kinds = new KindNotes(report, request);
  }

  void afterFirst(StringBuilder out, String reportFile) {
    estimateLegend(out);
    pod(out);
    beforeReady(out);
    firstUser(out);
    kinds.alsoFirst(out);
    kinds.waits(out);
    modelCalls(out);
    notes(out);
    kinds.others(out);
    tail(out, report.agent().warnings(), reportFile);
  }

  void afterWarm(StringBuilder out, String reportFile) {
    estimateLegend(out);
    pod(out);
    firstUser(out);
    kinds.waits(out);
    notes(out);
    kinds.others(out);
    tail(out, report.agent().warnings(), reportFile);
  }

  void afterRecold(StringBuilder out, String reportFile) {
    estimateLegend(out);
    kinds.expired(out);
    modelCalls(out);
    notes(out);
    file(out, reportFile);
  }

  /** The first warning is already told as the likely reason. */
  void afterNothing(StringBuilder out, String reportFile) {
    out.append('\n');
    pod(out);
    beforeReady(out);
    kinds.others(out);
    List<String> warnings = report.agent().warnings();
    tail(out, warnings.isEmpty() ? warnings : warnings.subList(1, warnings.size()), reportFile);
  }

  private void tail(StringBuilder out, List<String> warnings, String reportFile) {
    report.advice().stream().limit(3).forEach(a -> advice(out, a));
    ownCost(out);
    for (String warning : warnings.subList(0, Math.min(MAX_WARNINGS, warnings.size()))) {
      entry(out, "Warning", Human.clean(warning, 400));
    }
    if (warnings.size() > MAX_WARNINGS) {
      entry(out, "Warning", (warnings.size() - MAX_WARNINGS) + " more, see the report");
    }
    file(out, reportFile);
  }

  private static void file(StringBuilder out, String reportFile) {
    // A path is copied and pasted, so it is never broken; it may exceed the width.
    out.append("  Report         ");
    out.append(reportFile == null ? "not written" : Human.clean(reportFile, 1000)).append('\n');
  }

  private static void advice(StringBuilder out, RunReport.Advice advice) {
    Long saving = advice.savingNanos();
    String text = Human.clean(advice.title(), 200);
    entry(out, "Try", saving == null ? text : text + " (saves up to " + Human.time(saving) + ")");
  }

  private void estimateLegend(StringBuilder out) {
    if (new SummaryTable(request, report.warm()).hasEstimate()) {
      entry(
          out, "~", "estimated from warm requests with a prompt-cache hit, not measured" + bound());
    }
  }

  /** Without the wait on the wire, a cold client's own first-time work cannot be told apart. */
  private String bound() {
    boolean unknownWait =
        request.llm().stream().anyMatch(call -> call.missedCache() && call.waitNanos() == null);
    return unknownWait ? "; at most, because the client's own first use is in it" : "";
  }

  private void pod(StringBuilder out) {
    if (report.pod() != null) {
      entry(out, "Pod", PodText.steps(report.pod()));
      report.pod().notes().forEach(note -> entry(out, "", Human.clean(note, 400)));
    }
  }

  private void beforeReady(StringBuilder out) {
    StartupReport startup = report.startup();
    String what =
        startup.readyNanos() == null
            ? " until the first request (readiness not seen)"
            : startup.readySignal() == null
                ? ""
                : " (" + Human.clean(startup.readySignal(), 40) + ")";
    String until = Human.time(Paid.untilReadyNanos(startup));
    entry(out, "Before ready", until + what + items(Paid.beforeReady(startup)));
  }

  private void firstUser(StringBuilder out) {
    Map<String, Long> paid = Paid.by(request, report.warm());
    long sum = paid.values().stream().mapToLong(Long::longValue).sum();
    String over = report.warm() == null ? " of first-time work" : " more than the warm medians";
    entry(
        out, "First user", sum == 0 ? "no first-time work" : Human.time(sum) + over + items(paid));
  }

  private static String items(Map<String, Long> paid) {
    if (paid.isEmpty()) {
      return "";
    }
    String text =
        paid.entrySet().stream()
            .limit(MAX_ITEMS)
            .map(e -> Human.clean(e.getKey(), 40) + ' ' + Human.time(e.getValue()))
            .collect(Collectors.joining(", "));
    return ": " + text + (paid.size() > MAX_ITEMS ? ", ..." : "");
  }

  private void modelCalls(StringBuilder out) {
    List<LlmCall> calls = request.llm();
    for (LlmCall call : calls.subList(0, Math.min(MAX_CALLS, calls.size()))) {
      entry(out, "Model call", LlmCallText.of(call));
    }
    if (calls.size() > MAX_CALLS) {
      entry(out, "Model call", (calls.size() - MAX_CALLS) + " more, see the report");
    }
  }

  private void notes(StringBuilder out) {
    Nesting nesting = new Nesting(request);
    for (PhaseTime phase : request.phases()) {
      String name = Human.clean(phase.phase(), 40);
      long nested = Math.min(phase.hiddenNanos(), nesting.nanos(phase.phase()));
      long hidden = phase.hiddenNanos() - nested;
      if (nested > request.wallNanos() / 100) {
        String time = Human.time(nested) + " of " + name;
        entry(out, "Nested", time + " is in the rows of the phases that ran inside it");
      }
      if (hidden > request.wallNanos() / 100) {
        String time = Human.time(hidden) + " of " + name;
        entry(out, "Hidden", time + " ran behind slower work and is not in the sum");
      }
    }
    for (SerialWork serial : request.serial()) {
      if (serial.savingNanos() > request.wallNanos() / 100) {
        String what = serial.count() + " pieces of " + Human.clean(serial.phase(), 40) + " took ";
        String saving =
            Human.time(serial.serialNanos()) + " one after the other; side by side they";
        entry(out, "Serial", what + saving + " save up to " + Human.time(serial.savingNanos()));
        break;
      }
    }
    if (request.unattributedNanos() > request.wallNanos() / 10) {
      String text = UnattributedText.of(request, report.jvm().cpus());
      if (!text.isEmpty()) {
        entry(out, "Unattributed", text);
      }
    }
    long inferred = request.spans().stream().filter(Span::inferred).count();
    if (inferred > 0) {
      String text = Human.count(inferred, "interval") + " belong here only because no other";
      entry(out, "Note", text.replace("interval belong", "interval belongs") + " request ran");
    }
    long total = new SummaryTable(request, report.warm()).totalNanos();
    if (total != request.wallNanos()) {
      String text = "the rows sum to " + total + " ns but the window is " + request.wallNanos();
      entry(out, "Warning", text + " ns: this is a defect of Coldstart, please report it");
    }
  }

  private void ownCost(StringBuilder out) {
    AgentFacts agent = report.agent();
    long cost = agent.premainNanos() + agent.weavingNanos() + agent.recordingNanos();
    long whole = report.startup().wallNanos() + (request == null ? 0 : request.wallNanos());
    Long cpu = agent.backgroundCpuNanos();
    Long compiling = agent.compilingNanos();
    cost += compiling == null ? 0 : compiling;
    String text =
        "premain %s, weaving %s (%d of %d classes),%s recording about %s: %s of %s; background CPU %s"
            .formatted(
                Human.time(agent.premainNanos()),
                Human.time(agent.weavingNanos()),
                agent.classesWoven(),
                agent.classesSeen(),
                compiling == null ? "" : " compiling that about " + Human.time(compiling) + ",",
                Human.time(agent.recordingNanos()),
                Human.share(cost, whole),
                Human.time(whole),
                cpu == null ? "unknown" : Human.time(cpu));
    if (agent.dropped() > 0) {
      text += "; " + agent.dropped() + " intervals or requests lost to full buffers";
    }
    if (agent.adviceFailures() > 0) {
      text += "; " + Human.count(agent.adviceFailures(), "exception") + " swallowed in probes";
    }
    entry(out, "Agent", text);
  }

  static void entry(StringBuilder out, String label, String text) {
    String first = "  " + label + " ".repeat(HANG.length() - 2 - label.length());
    Human.wrap(out, first, HANG, text);
  }
}

package dev.coldstart.report;

import java.util.List;

/** What a summary says about start kinds: who waited for whom, what expired, who does not count. */
final class KindNotes {
  private static final int MAX_LINES = 4;
  private static final int MAX_OTHERS = 3;

  private final RunReport report;
  private final RequestReport request;

  /**
   * @param request null when there was none
   */
  KindNotes(RunReport report, RequestReport request) {
    this.report = report;
    this.request = request;
  }

  /** The other requests that began before any had completed. */
  void alsoFirst(StringBuilder out) {
    long cold = 0;
    long waited = 0;
    long longest = 0;
    for (RequestReport other : report.requests()) {
      boolean waits = StartKind.WAITED.is(other);
      if (other.id() != request.id() && (waits || other.kind().equals(request.kind()))) {
        waited += waits ? 1 : 0;
        cold += waits ? 0 : 1;
        longest = Math.max(longest, other.wallNanos());
      }
    }
    if (cold + waited == 0) {
      return;
    }
    String text = cold + waited + " more began before it had completed: ";
    if (waited > 0) {
      text += waited + " waited for first-time work of others";
    }
    if (cold > 0) {
      text += (waited > 0 ? ", " : "") + cold + " did first-time work too";
    }
    SummaryNotes.entry(out, "Also first", text + "; the longest took " + Human.time(longest));
  }

  void waits(StringBuilder out) {
    List<WaitedFor> all = request.waitedFor();
    for (WaitedFor wait : all.subList(0, Math.min(MAX_LINES, all.size()))) {
      String who = wait.request() == null ? "nobody's request" : "request " + wait.request();
      String thread = wait.thread().isEmpty() ? "" : " (" + Human.clean(wait.thread(), 30) + ')';
      SummaryNotes.entry(
          out,
          "Waited for",
          Human.time(wait.waitedNanos())
              + " of "
              + Human.clean(wait.phase(), 30)
              + ", "
              + Human.clean(wait.name(), 30)
              + ", that "
              + who
              + thread
              + " ran; inferred from timing, not a row of its own");
    }
  }

  void expired(StringBuilder out) {
    List<Expired> all = request.expired();
    for (Expired thing : all.subList(0, Math.min(MAX_LINES, all.size()))) {
      Long idle = thing.idleNanos();
      SummaryNotes.entry(
          out,
          "Expired",
          Human.clean(thing.what(), 30)
              + ": "
              + Human.clean(thing.name(), 40)
              + " took "
              + Human.time(thing.exclusiveNanos())
              + " again ("
              + Human.clean(thing.phase(), 30)
              + (idle == null ? ")" : "), " + Human.time(idle) + " after its last use"));
    }
  }

  /** Requests that no agent worked in, in one line. */
  void others(StringBuilder out) {
    List<OtherEntry> all = report.others();
    if (all.isEmpty()) {
      return;
    }
    long count = all.stream().mapToLong(OtherEntry::count).sum();
    StringBuilder text = new StringBuilder();
    text.append(Human.count(count, "request")).append(" without agent work: ");
    for (OtherEntry other : all.subList(0, Math.min(MAX_OTHERS, all.size()))) {
      text.append(text.charAt(text.length() - 2) == ':' ? "" : ", ");
      text.append(Human.clean(other.method(), 10)).append(' ');
      text.append(Human.clean(other.route(), 40)).append(' ').append(other.count());
      text.append(" (first ").append(Human.time(other.firstNanos())).append(')');
    }
    text.append(all.size() > MAX_OTHERS ? ", ..." : "");
    SummaryNotes.entry(out, "Not counted", text.toString());
  }
}

package dev.coldstart.export;

import dev.coldstart.report.Paid;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.StartupReport;
import java.util.Locale;
import java.util.Map;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;

/** The start-up of the process; once per recording that runs while the agent reports. */
@Name("dev.coldstart.Startup")
@Label("Startup")
@Category("Coldstart")
@Description(
    "Process start to the first request. Written after the fact: startTime is when it was reported")
@StackTrace(false)
final class JfrStartup extends Event {
  @Label("Process Start")
  @Description("Wall clock at the start of the process, ms")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  long processStart;

  @Label("Ready")
  @Description("Process start to ready, ns; -1 when readiness was not seen")
  @Timespan(Timespan.NANOSECONDS)
  long ready;

  @Label("Ready Signal")
  @Description("What ready means here")
  String readySignal;

  @Label("Until First Request")
  @Description("Process start to the start of the first request, ns")
  @Timespan(Timespan.NANOSECONDS)
  long wall;

  @Label("Unattributed")
  @Description("Part of that no phase covers, ns")
  @Timespan(Timespan.NANOSECONDS)
  long unattributed;

  @Label("Paid Before Ready")
  @Description("Phases and their exclusive time in ms, largest first")
  String paidBeforeReady;

  JfrStartup fill(RunReport report) {
    StartupReport startup = report.startup();
    processStart = report.jvm().startEpochMillis();
    ready = startup.readyNanos() == null ? -1 : startup.readyNanos();
    readySignal = startup.readySignal();
    wall = startup.wallNanos();
    unattributed = startup.unattributedNanos();
    paidBeforeReady = text(Paid.beforeReady(startup));
    return this;
  }

  static String text(Map<String, Long> nanosByPhase) {
    StringBuilder text = new StringBuilder();
    nanosByPhase.forEach(
        (phase, nanos) ->
            text.append(text.isEmpty() ? "" : ", ")
                .append(phase)
                .append(String.format(Locale.ROOT, " %.3f ms", nanos / 1e6)));
    return text.toString();
  }
}

package dev.coldstart.measure;

import dev.coldstart.measure.Samples.Inside;
import dev.coldstart.measure.Samples.PhaseNanos;
import dev.coldstart.measure.Samples.Request;
import dev.coldstart.phase.Phase;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.StartupReport;
import dev.coldstart.report.WarmReport;
import java.util.ArrayList;
import java.util.List;

/** What of a report is compared: the start-up, its first cold request, and the warm medians. */
public final class Condensed {
  private static final String COLD = "cold";

  /** The times of a report. */
  public static Inside of(RunReport report) {
    StartupReport startup = report.startup();
    return new Inside(
        report.jvm().version(),
        report.jvm().cds(),
        report.jvm().aot(),
        startup.readyNanos(),
        phases(startup.phases(), startup.unattributedNanos()),
        cold(report.requests()),
        warm(report.warm()),
        report.agent().premainNanos(),
        report.agent().weavingNanos());
  }

  /** Null when no request was cold. */
  private static Request cold(List<RequestReport> requests) {
    for (RequestReport request : requests) {
      if (request.kind().equals(COLD)) {
        return new Request(
            COLD,
            1,
            request.wallNanos(),
            request.ttftNanos(),
            phases(request.phases(), request.unattributedNanos()));
      }
    }
    return null;
  }

  private static Request warm(WarmReport warm) {
    if (warm == null) {
      return null;
    }
    List<PhaseNanos> medians = new ArrayList<>();
    for (WarmReport.PhasePercentiles phase : warm.phases()) {
      medians.add(new PhaseNanos(phase.phase(), phase.p50Nanos()));
    }
    return new Request(
        "warm",
        warm.count(),
        warm.wall().p50Nanos(),
        warm.ttft() == null ? null : warm.ttft().p50Nanos(),
        medians);
  }

  private static List<PhaseNanos> phases(List<PhaseTime> times, long unattributedNanos) {
    List<PhaseNanos> phases = new ArrayList<>();
    for (PhaseTime time : times) {
      phases.add(new PhaseNanos(time.phase(), time.exclusiveNanos()));
    }
    phases.add(new PhaseNanos(Phase.UNATTRIBUTED, unattributedNanos));
    return phases;
  }

  private Condensed() {}
}

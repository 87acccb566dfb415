package dev.coldstart.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.StartupReport;
import java.util.List;

/** What holds in every report: the parts make the whole, to the nanosecond. */
public final class Sums {
  /** Fails where a window is not the sum of its phases. */
  public static void check(RunReport report) {
    StartupReport start = report.startup();
    assertThat(exclusive(start.phases()) + start.unattributedNanos())
        .as("start-up")
        .isEqualTo(start.wallNanos());
    for (RequestReport request : report.requests()) {
      assertThat(exclusive(request.phases()) + request.unattributedNanos())
          .as(request.route())
          .isEqualTo(request.wallNanos());
      assertThat(request.unattributedNanos()).as(request.route()).isNotNegative();
      assertThat(request.wallNanos())
          .as(request.route())
          .isPositive()
          .isLessThanOrEqualTo(request.durationNanos());
    }
  }

  private static long exclusive(List<PhaseTime> phases) {
    return phases.stream().mapToLong(PhaseTime::exclusiveNanos).sum();
  }

  private Sums() {}
}

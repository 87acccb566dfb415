package dev.coldstart.report.advice;

import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.Human;
import dev.coldstart.report.Paid;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.RunReport.Advice;
import dev.coldstart.report.StartKind;
import java.util.List;
import java.util.Map;

/** What the rules look at: the report, and what its first request paid for the first time. */
final class Findings {
  /** Below this nobody should change anything. */
  private static final long MIN_NANOS = 10_000_000;

  private static final int MIN_PARTS_OF_WALL = 100;

  final RunReport report;

  /** The first cold request; null when there was none. */
  final RequestReport first;

  private final Map<String, Long> paid;

  Findings(RunReport report) {
    this.report = report;
    first = report.requests().stream().filter(Findings::cold).findFirst().orElse(null);
    paid = first == null ? Map.of() : Paid.by(first, report.warm());
  }

  private static boolean cold(RequestReport request) {
    return StartKind.COLD.is(request) || StartKind.RESTORED.is(request);
  }

  /**
   * What the first request paid for a phase and warm ones do not, ns; at most its exclusive time.
   */
  long paid(String phase) {
    return paid.getOrDefault(phase, 0L);
  }

  /** All it paid, ns. */
  long paid() {
    return paid.values().stream().mapToLong(Long::longValue).sum();
  }

  List<RequestReport> of(StartKind kind) {
    return report.requests().stream().filter(kind::is).toList();
  }

  /** Whether a saving is worth a reader's time in a request: 10 ms and 1 % of it. */
  static boolean worth(long savingNanos, RequestReport request) {
    return savingNanos >= MIN_NANOS && savingNanos >= request.wallNanos() / MIN_PARTS_OF_WALL;
  }

  /** Advice about one phase of the first request; null when it paid too little for it. */
  Advice aboutPhase(String phase, String title) {
    long saving = paid(phase);
    return first == null || !worth(saving, first) ? null : new Advice(title, took(phase), saving);
  }

  /**
   * "tool_registry took 2.06 s of the first request (42.8 %) in 11 intervals; warm median 0 ms".
   */
  private String took(String phase) {
    long exclusive = first.exclusiveNanos(phase);
    long count =
        first.phases().stream()
            .filter(p -> p.phase().equals(phase))
            .mapToLong(PhaseTime::count)
            .sum();
    String share = Human.share(exclusive, first.wallNanos());
    String text =
        phase + " took " + Human.time(exclusive) + " of the first request (" + share + ")";
    if (count > 0) {
      text += " in " + Human.count(count, "interval");
    }
    if (report.warm() == null) {
      return text + "; no warm request to compare with yet";
    }
    return text + "; warm median " + Human.time(exclusive - paid(phase));
  }
}

package dev.coldstart.export;

import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.util.List;

/** Small requests for tests; times in ns. */
final class Requests {
  static RequestReport of(
      String kind, Long ttftNanos, long unattributedNanos, PhaseTime... phases) {
    return of("/chat", List.of(), kind, ttftNanos, unattributedNanos, phases);
  }

  /** A warm one of a route with a streamed call that hit the cache. */
  static RequestReport calling(String route, String model, PhaseTime... phases) {
    LlmCall call =
        new LlmCall(
            0, "openai", model, true, 0, 1L, null, null, 2L, "hit", null, 9L, 9L, 0L, 1L, null, 1,
            false);
    return of(route, List.of(call), "warm", null, 1, phases);
  }

  private static RequestReport of(
      String route,
      List<LlmCall> calls,
      String kind,
      Long ttftNanos,
      long unattributedNanos,
      PhaseTime... phases) {
    long wall = unattributedNanos;
    for (PhaseTime phase : phases) {
      wall += phase.exclusiveNanos();
    }
    return new RequestReport(
        1,
        kind,
        "GET",
        route,
        "response_end",
        1_000,
        1_767_225_614_200_000_000L,
        wall,
        wall,
        ttftNanos,
        List.of(phases),
        unattributedNanos,
        0,
        0,
        false,
        null,
        "4bf92f3577b34da6a3ce929d0e0e4736",
        null,
        List.of(),
        List.of(),
        calls,
        null,
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  /** The same run with other requests. */
  static RunReport run(RunReport of, List<RequestReport> requests) {
    return new RunReport(
        of.schema(),
        of.service(),
        of.jvm(),
        of.agent(),
        of.startup(),
        requests,
        List.of(),
        null,
        List.of(),
        null);
  }

  static PhaseTime phase(String phase, long exclusiveNanos) {
    return new PhaseTime(phase, exclusiveNanos, exclusiveNanos, 0, 1, false);
  }

  private Requests() {}
}

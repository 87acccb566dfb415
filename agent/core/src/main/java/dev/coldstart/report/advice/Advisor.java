package dev.coldstart.report.advice;

import dev.coldstart.report.RunReport;
import dev.coldstart.report.RunReport.Advice;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Advice for a report, most valuable first. A saving is an upper bound and never exceeds the
 * exclusive time it comes from; savings overlap, so they do not add up.
 */
public final class Advisor {
  private static final int MAX_ADVICE = 7;

  private static final List<Rule> RULES =
      List.of(
          FirstUse::readyBeforeWarm,
          FirstUse::toolRegistry,
          FirstUse::agentBuild,
          FirstUse::embedding,
          FirstUse::schemas,
          FirstUse::remoteSchemas,
          Connections::vectorStore,
          Connections::database,
          Connections::model,
          Connections::expired,
          Connections::repeated,
          Environment::serial,
          Environment::promptCache,
          Environment::throttled,
          Environment::classArchive);

  /** At most seven; what has no known saving comes last. */
  public static List<Advice> advise(RunReport report) {
    Findings findings = new Findings(report);
    return RULES.stream()
        .map(rule -> rule.check(findings))
        .filter(Objects::nonNull)
        .sorted(
            Comparator.comparing(
                Advice::savingNanos, Comparator.nullsLast(Comparator.reverseOrder())))
        .limit(MAX_ADVICE)
        .toList();
  }

  private Advisor() {}
}

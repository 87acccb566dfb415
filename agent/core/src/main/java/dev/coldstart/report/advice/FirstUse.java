package dev.coldstart.report.advice;

import dev.coldstart.phase.Phase;
import dev.coldstart.report.Human;
import dev.coldstart.report.RunReport.Advice;
import dev.coldstart.report.Span;
import dev.coldstart.report.StartKind;
import java.util.List;
import java.util.Set;

/** Work that the first request paid though nothing of it depends on the request. */
final class FirstUse {
  private static final Set<String> MAKING =
      Set.of("schema: make", "schema: describe", "schema: generate");

  /** The whole of it: the service said that it was ready, and was not. */
  static Advice readyBeforeWarm(Findings findings) {
    Long ready = findings.report.startup().readyNanos();
    long saving = findings.paid();
    if (findings.first == null
        || ready == null
        || ready >= findings.report.startup().wallNanos()
        || !Findings.worth(saving, findings.first)) {
      return null;
    }
    int waited = findings.of(StartKind.WAITED).size();
    String evidence =
        "Ready was reported after %s; then the first request paid %s of first-time work"
            .formatted(Human.time(ready), Human.time(saving));
    if (waited > 0) {
      evidence += ", and " + Human.count(waited, "request") + " waited for it";
    }
    return new Advice(
        "Send a warm-up request before reporting ready, so that no user is the first",
        evidence,
        saving);
  }

  static Advice toolRegistry(Findings findings) {
    return findings.aboutPhase(
        Phase.TOOL_REGISTRY.id(), "Build the tool registry at start-up, before ready");
  }

  static Advice agentBuild(Findings findings) {
    return findings.aboutPhase(
        Phase.AGENT_BUILD.id(), "Build agents and their clients at start-up, before ready");
  }

  static Advice embedding(Findings findings) {
    return findings.aboutPhase(
        Phase.EMBEDDING.id(), "Load the embedding model at start-up: embed one word before ready");
  }

  static Advice schemas(Findings findings) {
    return findings.aboutPhase(
        Phase.SCHEMA_VALIDATION.id(),
        schemasAreOnlyMade(findings)
            ? "Generate the schemas of tools at start-up, before ready"
            : "Compile JSON schemas at start-up, and validate one sample with each");
  }

  /** Nothing was validated: what took the time was deriving schemas from classes. */
  private static boolean schemasAreOnlyMade(Findings findings) {
    int made = 0;
    for (Span span : findings.first == null ? List.<Span>of() : findings.first.spans()) {
      if (span.phase().equals(Phase.SCHEMA_VALIDATION.id())) {
        if (!MAKING.contains(span.name())) {
          return false;
        }
        made++;
      }
    }
    return made > 0;
  }

  /** Documents that came over the network, each at the price of a request to another server. */
  static Advice remoteSchemas(Findings findings) {
    if (findings.first == null) {
      return null;
    }
    long saving = 0;
    int count = 0;
    for (Span span : findings.first.spans()) {
      if (span.name().equals("schema: fetch")) {
        saving += span.exclusiveNanos();
        count++;
      }
    }
    return !Findings.worth(saving, findings.first)
        ? null
        : new Advice(
            "Keep JSON schemas and what their $ref name on the class path",
            Human.count(count, "schema document")
                + " came over the network in the first request: "
                + Human.time(saving),
            saving);
  }

  private FirstUse() {}
}

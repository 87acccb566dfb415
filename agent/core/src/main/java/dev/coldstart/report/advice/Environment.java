package dev.coldstart.report.advice;

import dev.coldstart.phase.Phase;
import dev.coldstart.phase.SerialWork;
import dev.coldstart.report.Human;
import dev.coldstart.report.JvmFacts;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport.Advice;

/** What surrounds the work: its order, the provider's cache, the processors, the JVM's archives. */
final class Environment {
  private static final int FIRST_JDK_WITH_AOT_CACHE = 24;
  private static final long MANY_CLASSES = 1_000;

  /** Servers asked one after the other. */
  static Advice serial(Findings findings) {
    if (findings.first == null || findings.first.serial().isEmpty()) {
      return null;
    }
    SerialWork work = findings.first.serial().get(0);
    long saving = Math.min(work.savingNanos(), findings.first.exclusiveNanos(work.phase()));
    return !Findings.worth(saving, findings.first)
        ? null
        : new Advice(
            "Load in parallel what does not need each other in " + work.phase(),
            "%d pieces ran one after the other: %s together"
                .formatted(work.count(), Human.time(work.serialNanos())),
            saving);
  }

  /** Only when an estimate exists, which needs warm calls that hit. */
  static Advice promptCache(Findings findings) {
    String phase = Phase.PROMPT_CACHE.id();
    long saving = findings.first == null ? 0 : findings.first.exclusiveNanos(phase);
    if (saving == 0 || !Findings.worth(saving, findings.first)) {
      return null;
    }
    long tokens =
        findings.first.llm().stream()
            .filter(call -> call.inputTokens() != null && call.cachedTokens() != null)
            .mapToLong(Environment::uncached)
            .sum();
    String read = tokens > 0 ? ", " + tokens + " prompt tokens were not cached" : "";
    return new Advice(
        "Prime the prompt cache before the first user: one call with the same prompt prefix",
        "Estimated: the first request's model calls waited about "
            + Human.time(saving)
            + " longer than warm ones that hit the cache"
            + read,
        saving);
  }

  private static long uncached(LlmCall call) {
    return Math.max(0, call.inputTokens() - call.cachedTokens());
  }

  /** Of any request; waiting for the model is not what the limit cost. */
  static Advice throttled(Findings findings) {
    RequestReport request = findings.first;
    if (request == null
        || request.explained() == null
        || request.explained().throttledNanos() == null) {
      return null;
    }
    long throttled = request.explained().throttledNanos();
    long own = request.wallNanos() - request.exclusiveNanos(Phase.LLM_TTFT.id());
    if (!Findings.worth(throttled, request)) {
      return null;
    }
    Double quota = findings.report.jvm().cpuQuota();
    return new Advice(
        "Raise the CPU limit, at least while the service starts",
        "The cgroup held the process back for "
            + Human.time(throttled)
            + " in the first request"
            + (quota == null ? "" : "; limit " + quota + " CPUs"),
        Math.min(throttled, own));
  }

  /** Class loading that an archive would have done at build time. */
  static Advice classArchive(Findings findings) {
    JvmFacts jvm = findings.report.jvm();
    boolean archived = jvm.cds().equals("application archive") || jvm.aot().equals("on");
    boolean unknown = jvm.cds().equals("unknown");
    if (findings.first == null || archived || unknown) {
      return null;
    }
    Long loading =
        findings.first.explained() == null ? null : findings.first.explained().classLoadNanos();
    boolean worth =
        loading == null
            ? findings.first.classesDefined() >= MANY_CLASSES
            : Findings.worth(loading, findings.first);
    if (!worth) {
      return null;
    }
    String evidence =
        "CDS: " + jvm.cds() + ", AOT cache: " + jvm.aot() + "; the first request defined ";
    evidence += findings.first.classesDefined() + " classes";
    if (loading != null) {
      evidence += " and spent " + Human.time(loading) + " loading classes, all threads together";
    }
    return new Advice(
        feature(jvm.version()) >= FIRST_JDK_WITH_AOT_CACHE
            ? "Train an AOT cache at image build (-XX:AOTCacheOutput, --add-modules java.instrument)"
            : "Archive the application's classes at image build (AppCDS: -XX:ArchiveClassesAtExit)",
        evidence,
        loading == null ? null : (Long) Math.min(loading, findings.first.unattributedNanos()));
  }

  /** 0 when it cannot be told. */
  private static int feature(String version) {
    int end = 0;
    while (end < version.length() && Character.isDigit(version.charAt(end))) {
      end++;
    }
    return end == 0 || end > 3 ? 0 : Integer.parseInt(version, 0, end, 10);
  }

  private Environment() {}
}

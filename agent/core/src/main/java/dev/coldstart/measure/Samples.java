package dev.coldstart.measure;

import java.util.List;

/**
 * Every cold start of one measurement, raw: schema {@code coldstart.samples/1}. Times are in ns;
 * null means unknown or none, never 0. Nothing of requests, answers, addresses and environment
 * variables is kept.
 *
 * @param schema always {@link #SCHEMA}
 * @param environment where it was measured
 * @param variants what was compared, in the order of the command line
 * @param runs finished runs, oldest first
 */
public record Samples(
    String schema, Environment environment, List<Variant> variants, List<Run> runs) {

  /** Name and version of the format. */
  public static final String SCHEMA = "coldstart.samples/1";

  /**
   * Where it was measured.
   *
   * @param tool version of Coldstart
   * @param os name and version of the operating system
   * @param arch processor architecture
   * @param cpus processors the measuring process sees
   * @param java version of the Java that measured; that of the service is in each run
   * @param program what was started: the command and, for java, its jar or main class; no arguments
   * @param ready what "ready" means here: "url", "port", "line", "first line" or "exit"
   * @param commit as given on the command line, null when not
   * @param startEpochMillis when the measurement began, ms since 1970
   */
  public record Environment(
      String tool,
      String os,
      String arch,
      int cpus,
      String java,
      String program,
      String ready,
      String commit,
      long startEpochMillis) {}

  /**
   * One way to start the command.
   *
   * @param name as given
   * @param options JVM options added for it; values of system properties are left out
   * @param agent how the agent was attached: "option", "JAVA_TOOL_OPTIONS" or "none"
   */
  public record Variant(String name, List<String> options, String agent) {}

  /**
   * One cold start.
   *
   * @param variant name of its variant
   * @param index counts the runs of a variant from 1
   * @param status "ok", "not ready", "request failed" or "timeout"
   * @param problem what went wrong in one line, null when ok
   * @param startEpochMillis when the process was started, ms since 1970
   * @param readyNanos process start until ready (of a program that ends: until its end) as seen
   *     from outside, null when it never was
   * @param exitCode null when it was stopped
   * @param cpuNanos CPU time of the process when the last request was answered, null when it had
   *     ended or the system does not tell
   * @param first the first request as its client saw it, null when none was answered
   * @param warm the requests after it
   * @param report what the agent saw, null without one
   */
  public record Run(
      String variant,
      int index,
      String status,
      String problem,
      long startEpochMillis,
      Long readyNanos,
      Integer exitCode,
      Long cpuNanos,
      Visit first,
      List<Visit> warm,
      Inside report) {
    /** Whether it counts. */
    public boolean ok() {
      return status.equals("ok");
    }
  }

  /**
   * A request as its client saw it. Times count from the moment it was sent.
   *
   * @param status HTTP status
   * @param firstByteNanos until the response's headers
   * @param firstContentNanos until the first byte of the body, of a server-sent event stream until
   *     the first data; null when there was none
   * @param wallNanos until the end of the response
   */
  public record Visit(int status, long firstByteNanos, Long firstContentNanos, long wallNanos) {}

  /**
   * The agent's report, condensed to what is compared.
   *
   * @param java Java version of the service
   * @param cds class-data-sharing state
   * @param aot AOT-cache state
   * @param readyNanos process start to ready as the agent saw it, null when it did not
   * @param startup exclusive times of the start-up by phase
   * @param cold the first cold request, null when there was none
   * @param warm medians of the warm requests, null before the first
   * @param premainNanos the agent's own time in premain
   * @param weavingNanos the agent's own time weaving
   */
  public record Inside(
      String java,
      String cds,
      String aot,
      Long readyNanos,
      List<PhaseNanos> startup,
      Request cold,
      Request warm,
      long premainNanos,
      long weavingNanos) {}

  /**
   * A request broken down, or the medians of several.
   *
   * @param kind "cold" or "warm"
   * @param count requests summed up
   * @param wallNanos length of the window
   * @param ttftNanos start of the request to the first content token, null when none
   * @param phases exclusive time by phase, with {@code unattributed}
   */
  public record Request(
      String kind, long count, long wallNanos, Long ttftNanos, List<PhaseNanos> phases) {}

  /** Exclusive time of a phase in ns. */
  public record PhaseNanos(String phase, long exclusiveNanos) {}
}

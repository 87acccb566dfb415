package dev.coldstart.report;

import java.util.List;

/**
 * Everything one process tells about its start and its requests: schema {@code coldstart.report/1}.
 *
 * @param schema always {@link #SCHEMA}
 * @param service name of the service
 * @param jvm facts about the process
 * @param agent the agent's own cost and what it wove
 * @param startup process start to the first request; what was paid before it
 * @param requests the requests kept in full, oldest first
 * @param others requests in which no agent work ran, by route, most frequent first
 * @param warm percentiles over all warm requests so far; null before the first
 * @param advice at most a handful, most valuable first
 * @param pod what the Kubernetes pod went through before; null unless somebody joined it
 */
public record RunReport(
    String schema,
    String service,
    JvmFacts jvm,
    AgentFacts agent,
    StartupReport startup,
    List<RequestReport> requests,
    List<OtherEntry> others,
    WarmReport warm,
    List<Advice> advice,
    PodTimeline pod) {

  /** Name and version of the format. */
  public static final String SCHEMA = "coldstart.report/1";

  /** The same report with other advice. */
  public RunReport withAdvice(List<Advice> given) {
    return new RunReport(schema, service, jvm, agent, startup, requests, others, warm, given, pod);
  }

  /** The same report, joined with the timeline of its pod. */
  public RunReport withPod(PodTimeline timeline) {
    return new RunReport(
        schema, service, jvm, agent, startup, requests, others, warm, advice, timeline);
  }

  /**
   * Something the reader could do.
   *
   * @param title one line
   * @param evidence what was measured that says so
   * @param savingNanos upper bound of the saving, null when unknown
   */
  public record Advice(String title, String evidence, Long savingNanos) {}
}

package dev.coldstart.report.pod;

/**
 * One run of a container, as its status tells.
 *
 * @param startedMillis ms since 1970, null when unknown or not yet
 * @param finishedMillis ms since 1970, null when unknown or not yet
 * @param ending how it ended, for people; null while it runs
 */
record ContainerRun(Long startedMillis, Long finishedMillis, String ending) {
  static final ContainerRun UNKNOWN = new ContainerRun(null, null, null);

  /** From a {@code state} or {@code lastState}. */
  static ContainerRun of(PodObject state) {
    PodObject ended = state.at("terminated");
    if (!ended.equals(PodObject.EMPTY)) {
      String reason = ended.text("reason");
      String ending =
          (reason == null ? "ended" : reason) + ", exit code " + ended.number("exitCode");
      return new ContainerRun(ended.millis("startedAt"), ended.millis("finishedAt"), ending);
    }
    return new ContainerRun(state.at("running").millis("startedAt"), null, null);
  }

  /** Whether a process that started then may have run in it; unknown counts as no. */
  boolean mayHold(long processMillis, long resolutionMillis) {
    return startedMillis != null
        && startedMillis <= processMillis + resolutionMillis
        && (finishedMillis == null || processMillis <= finishedMillis + resolutionMillis);
  }
}

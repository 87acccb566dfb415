package dev.coldstart.agent;

/**
 * What the process had used up at one instant, since its start; null means unknown. Times in ns,
 * see {@link dev.coldstart.report.Explained} for what each of them is.
 *
 * @param atNanos {@link System#nanoTime()}
 */
record ProcessSample(
    long atNanos,
    Long cpuNanos,
    Long throttledNanos,
    Long gcNanos,
    Long safepointNanos,
    Long jitNanos,
    Long classLoadNanos,
    Long classInitNanos,
    Long classesLoaded) {

  /** Nothing is known. */
  static final ProcessSample UNKNOWN =
      new ProcessSample(0, null, null, null, null, null, null, null, null);

  /** What was used up since an earlier sample; {@code atNanos} is the time between. */
  ProcessSample since(ProcessSample earlier) {
    return new ProcessSample(
        atNanos - earlier.atNanos,
        minus(cpuNanos, earlier.cpuNanos),
        minus(throttledNanos, earlier.throttledNanos),
        minus(gcNanos, earlier.gcNanos),
        minus(safepointNanos, earlier.safepointNanos),
        minus(jitNanos, earlier.jitNanos),
        minus(classLoadNanos, earlier.classLoadNanos),
        minus(classInitNanos, earlier.classInitNanos),
        minus(classesLoaded, earlier.classesLoaded));
  }

  private static Long minus(Long later, Long earlier) {
    return later == null || earlier == null ? null : (Long) Math.max(0, later - earlier);
  }
}

package dev.coldstart.report;

/**
 * One stretch of a pod's life before its service was ready. Consecutive steps meet: where both ends
 * are known, the next step begins where this one ended.
 *
 * @param name "scheduling", "image_pull", "process_start", ..; an init container's steps name it
 * @param startEpochMillis ms since 1970, null when unknown
 * @param endEpochMillis ms since 1970, null when unknown
 * @param togetherMillis how long this step and its unknown neighbours took together, ms; null when
 *     the step itself is known, or nothing is
 * @param source where its end was read, "status", "event" or "report"; null when unknown
 * @param detail what else was told, null when nothing
 */
public record PodStep(
    String name,
    Long startEpochMillis,
    Long endEpochMillis,
    Long togetherMillis,
    String source,
    String detail) {

  /** How long it took, ms; null when unknown. */
  public Long millis() {
    return startEpochMillis == null || endEpochMillis == null
        ? null
        : Long.valueOf(endEpochMillis - startEpochMillis);
  }
}

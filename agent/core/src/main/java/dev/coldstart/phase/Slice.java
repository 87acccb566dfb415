package dev.coldstart.phase;

/**
 * A stretch of a window with one owner. The slices of an {@link Attribution} partition its window.
 *
 * @param startNanos inclusive, same clock as {@link Interval#startNanos()}
 * @param endNanos exclusive
 * @param phase phase id of the owner, or {@link Phase#UNATTRIBUTED}
 * @param interval id of the owning interval, -1 for none; one that is unattributed itself has an id
 */
public record Slice(long startNanos, long endNanos, String phase, int interval) {
  /** Length in nanoseconds. */
  public long nanos() {
    return endNanos - startNanos;
  }
}

package dev.coldstart.agent;

import java.time.Instant;

/** Ties {@link System#nanoTime()} to the wall clock, once, so that all times of a report agree. */
final class Clock {
  private final long anchorNanos;
  private final long anchorEpochNanos;

  private Clock(long anchorNanos, long anchorEpochNanos) {
    this.anchorNanos = anchorNanos;
    this.anchorEpochNanos = anchorEpochNanos;
  }

  static Clock now() {
    long nanos = System.nanoTime();
    Instant instant = Instant.now();
    return new Clock(nanos, instant.getEpochSecond() * 1_000_000_000L + instant.getNano());
  }

  /** Wall clock, ns since 1970, of a {@link System#nanoTime()} value. */
  long epochNanos(long nanoTime) {
    return anchorEpochNanos + (nanoTime - anchorNanos);
  }

  /** {@link System#nanoTime()} value of a wall-clock time in ns since 1970. */
  long nanoTime(long epochNanos) {
    return anchorNanos + (epochNanos - anchorEpochNanos);
  }
}

package dev.coldstart.weave;

import java.util.Arrays;

/** Stretches in which classes were being transformed, on whatever threads. Thread-safe. */
public final class WeavingTime {
  private static final int MAX_STRETCHES = 8192;

  /**
   * A look at each class of an application would fill the list with stretches that tell nothing.
   */
  private static final long SHORTEST_LOOK_NANOS = 100_000;

  private long[] begins = new long[64];
  private long[] ends = new long[64];
  private int count;
  private long totalNanos;
  private long anewNanos;

  synchronized void add(long beginNanos, long endNanos) {
    totalNanos += endNanos - beginNanos;
    if (count >= MAX_STRETCHES) {
      return;
    }
    if (count == begins.length) {
      begins = Arrays.copyOf(begins, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
    }
    begins[count] = beginNanos;
    ends[count++] = endNanos;
  }

  /** A part of what {@link #add} is told later: a class was not in the cache. */
  synchronized void addAnew(long nanos) {
    anewNanos += nanos;
  }

  /** A look at a class that may not be woven at all. */
  synchronized void addLook(long beginNanos, long endNanos) {
    if (endNanos - beginNanos < SHORTEST_LOOK_NANOS) {
      totalNanos += endNanos - beginNanos;
    } else {
      add(beginNanos, endNanos);
    }
  }

  /** All of it, all threads together, ns. */
  public synchronized long totalNanos() {
    return totalNanos;
  }

  /** That of classes that were not in the cache, all threads together, ns. */
  public synchronized long anewNanos() {
    return anewNanos;
  }

  /**
   * How much of it lies between two {@link System#nanoTime()} values, all threads together, ns;
   * null when there were too many stretches to remember.
   */
  public synchronized Long nanosBetween(long fromNanos, long toNanos) {
    if (count >= MAX_STRETCHES) {
      return null;
    }
    long sum = 0;
    for (int i = 0; i < count; i++) {
      // Differences: the clock may be negative or wrap around.
      long begin = Math.max(0, begins[i] - fromNanos);
      long end = Math.min(toNanos - fromNanos, ends[i] - fromNanos);
      sum += Math.max(0, end - begin);
    }
    return sum;
  }
}

package dev.coldstart.export;

import java.util.Arrays;
import org.HdrHistogram.AbstractHistogram;

/**
 * Counts of times in ns by their 3 leading digits, in the buckets of HdrHistogram: a value is told
 * to 1/2048 of it at least. Each power of two has 1,024 buckets, of which only the pages that hold
 * values take memory: 0.3 kB each, 8 to 50 of them for what a phase usually takes. (The library's
 * packed histogram is as small, and took 20 times as long to go through, each time a report was
 * written.) Not thread-safe.
 */
final class NanosHistogram {
  /** Values above 10 minutes count as 10 minutes, ns. */
  static final long HIGHEST_NANOS = 600_000_000_000L;

  static final int DIGITS = 3;

  private static final int HALF_BITS = 10;
  private static final int PAGE_BITS = 6;
  private static final int PAGE = 1 << PAGE_BITS;

  private final int[][] pages = new int[(index(HIGHEST_NANOS) >> PAGE_BITS) + 1][];
  private long count;
  private long max;

  /** Counts a value that many times; below 0 is 0. */
  void add(long nanos, long times) {
    long value = Math.max(0, Math.min(nanos, HIGHEST_NANOS));
    int index = index(value);
    int[] page = pages[index >> PAGE_BITS];
    if (page == null) {
      page = new int[PAGE];
      pages[index >> PAGE_BITS] = page;
    }
    page[index & (PAGE - 1)] += (int) times;
    count += times;
    max = Math.max(max, value);
  }

  /** Values so far, at most {@link Integer#MAX_VALUE}. */
  long count() {
    return count;
  }

  /** The largest value of the same bucket as the largest one, ns; 0 without any. */
  long maxNanos() {
    return highest(index(max));
  }

  /**
   * Nearest ranks, each the largest value of its bucket.
   *
   * @param percents in rising order
   * @return ns; zeros without any value
   */
  long[] percentiles(double... percents) {
    long[] found = new long[percents.length];
    Arrays.fill(found, maxNanos());
    long seen = 0;
    int next = 0;
    for (int p = 0; p < pages.length && count > 0; p++) {
      for (int i = 0; pages[p] != null && i < PAGE; i++) {
        seen += pages[p][i];
        while (next < percents.length && seen >= rank(percents[next])) {
          found[next++] = highest((p << PAGE_BITS) + i);
        }
      }
    }
    return found;
  }

  /** Adds all to one of the library's, of 3 digits as well. */
  void addTo(AbstractHistogram other) {
    for (int p = 0; p < pages.length; p++) {
      for (int i = 0; pages[p] != null && i < PAGE; i++) {
        if (pages[p][i] > 0) {
          other.recordValueWithCount(lowest((p << PAGE_BITS) + i), pages[p][i]);
        }
      }
    }
  }

  private long rank(double percent) {
    return Math.max(1, (long) Math.ceil(count * percent / 100));
  }

  /** Below 2,048 each value has its bucket; above, each power of two has 1,024. */
  private static int index(long value) {
    int shift = Math.max(0, 64 - HALF_BITS - 1 - Long.numberOfLeadingZeros(value));
    return (shift << HALF_BITS) + (int) (value >> shift);
  }

  private static long lowest(int index) {
    int shift = Math.max(0, (index >> HALF_BITS) - 1);
    return (long) (index - (shift << HALF_BITS)) << shift;
  }

  private static long highest(int index) {
    int shift = Math.max(0, (index >> HALF_BITS) - 1);
    return lowest(index) + (1L << shift) - 1;
  }
}

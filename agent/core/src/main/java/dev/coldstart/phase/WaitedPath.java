package dev.coldstart.phase;

import java.util.Arrays;

/**
 * Clamps the intervals of a {@link Forest} and finds the stretch of each that the window waited
 * for. All times are ns since the start of the window, so that they are never negative.
 *
 * <p>Why one stretch each, and why no interval needs comparing with all its siblings: a sibling
 * that ends later hides an interval from the sibling's start on, and for good. So an interval is
 * taken from its own clamped start until the first start of a sibling that ends later, or its own
 * end, and never again; the one stretch is cut further by the parent's, which begins no later.
 * Going through siblings by start, an interval is taken if it ends later than all before it, and it
 * cuts the one taken before it.
 */
final class WaitedPath {
  private static final int NONE = -1;

  private final Forest forest;
  private final long[] starts;
  private final long[] ends;
  private final long[] waitedEnds;
  private final boolean[] inWindow;
  private final boolean[] cut;
  private final int[] byStart;

  WaitedPath(Forest forest, long windowStart, long windowEnd) {
    this.forest = forest;
    starts = new long[forest.size() + 1];
    ends = new long[forest.size() + 1];
    waitedEnds = new long[forest.size() + 1];
    inWindow = new boolean[forest.size()];
    cut = new boolean[forest.size()];
    int window = forest.window();
    ends[window] = windowEnd - windowStart;
    waitedEnds[window] = ends[window];

    clampToWindow(windowStart, windowEnd);
    int[] parentsFirst = parentsFirst();
    clampToParents(parentsFirst);
    take(parentsFirst);
    byStart = RadixOrder.sort(parentsFirst, starts);
  }

  /** All indices by clamped start, parents before children. */
  int[] byStart() {
    return byStart;
  }

  long start(int index) {
    return starts[index];
  }

  long end(int index) {
    return ends[index];
  }

  /** End of the stretch that was waited for, which begins at the start; not after it: none was. */
  long waitedEnd(int index) {
    return waitedEnds[index];
  }

  /** Whether the interval as recorded, not as clamped to its parent, shares an instant. */
  boolean inWindow(int index) {
    return inWindow[index];
  }

  /** How many intervals in the window lost length. */
  int clampedCount() {
    int count = 0;
    for (boolean isCut : cut) {
      count += isCut ? 1 : 0;
    }
    return count;
  }

  /** The only pass over the intervals themselves, because they are scattered over the heap. */
  private void clampToWindow(long windowStart, long windowEnd) {
    for (int i = 0; i < forest.size(); i++) {
      long from = forest.interval(i).startNanos();
      long to = Math.max(from, forest.interval(i).endNanos());
      long start = clamp(from, windowStart, windowEnd);
      long end = clamp(to, windowStart, windowEnd);
      starts[i] = start - windowStart;
      ends[i] = end - windowStart;
      inWindow[i] = start < windowEnd && (to > windowStart || from == windowStart);
      cut[i] = inWindow[i] && (from < start || end < to);
    }
  }

  /** Returns the indices by depth, those of the same depth by start. */
  private int[] parentsFirst() {
    long[] depths = new long[forest.size()];
    for (int i = 0; i < depths.length; i++) {
      depths[i] = forest.depth(i);
    }
    int[] order = RadixOrder.sort(RadixOrder.identity(forest.size()), starts);
    return RadixOrder.sort(order, depths);
  }

  private void clampToParents(int[] parentsFirst) {
    for (int i : parentsFirst) {
      int parent = forest.parent(i);
      long start = clamp(starts[i], starts[parent], ends[parent]);
      long end = clamp(ends[i], starts[parent], ends[parent]);
      cut[i] |= end - start < ends[i] - starts[i];
      starts[i] = start;
      ends[i] = end;
    }
  }

  /** Relies on clamping being monotonic: what is ordered by start still is. */
  private void take(int[] parentsFirst) {
    int[] takenLast = new int[forest.size() + 1];
    Arrays.fill(takenLast, NONE);
    for (int i : parentsFirst) {
      int parent = forest.parent(i);
      int last = takenLast[parent];
      if (starts[i] < ends[i] && (last == NONE || beats(i, last))) {
        if (last != NONE) {
          waitedEnds[last] = Math.min(waitedEnds[last], starts[i]);
        }
        // The parent's stretch is final: it is one level up.
        waitedEnds[i] = Math.min(ends[i], waitedEnds[parent]);
        takenLast[parent] = i;
      }
    }
  }

  /** Whether i, which starts no earlier, is waited for rather than last. Ids order as indices. */
  private boolean beats(int i, int last) {
    return ends[i] > ends[last] || (ends[i] == ends[last] && starts[i] == starts[last] && i < last);
  }

  private static long clamp(long value, long low, long high) {
    return Math.max(low, Math.min(value, high));
  }
}

package dev.coldstart.phase;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/**
 * Intervals as trees below the window: one per id, parents resolved, cycles cut.
 *
 * <p>An interval is known by its index in ascending order of ids; the window is one more index, the
 * parent of all roots, which spares every loop a special case. Plain arrays instead of linked
 * nodes: a million intervals must cost neither the garbage nor the recursion.
 */
final class Forest {
  /** Decides between equal ids by everything attribution looks at, so that it needs no order. */
  private static final Comparator<Interval> FIRST =
      Comparator.comparingLong(Interval::startNanos)
          .thenComparingLong(Interval::endNanos)
          .thenComparingInt(Interval::parent)
          .thenComparing(Interval::phase);

  private static final int UNKNOWN = -1;
  private static final int ON_WALK = -2;

  private final Interval[] intervals;
  private final int[] ids;
  private final int[] parents;
  private final int[] depths;
  private final int maxDepth;

  private Forest(Interval[] intervals) {
    this.intervals = intervals;
    this.ids = new int[intervals.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = intervals[i].id();
    }
    this.parents = new int[intervals.length];
    resolveParents();
    this.depths = new int[intervals.length + 1];
    Arrays.fill(depths, 0, intervals.length, UNKNOWN);
    this.maxDepth = cutCyclesAndMeasure();
  }

  static Forest of(Collection<Interval> intervals) {
    return new Forest(onePerId(intervals.toArray(new Interval[0])));
  }

  int size() {
    return intervals.length;
  }

  /** Index of the window: parent of the roots, depth 0. */
  int window() {
    return intervals.length;
  }

  Interval interval(int index) {
    return intervals[index];
  }

  int id(int index) {
    return ids[index];
  }

  int parent(int index) {
    return parents[index];
  }

  /** 1 for a root. */
  int depth(int index) {
    return depths[index];
  }

  int maxDepth() {
    return maxDepth;
  }

  private static Interval[] onePerId(Interval[] all) {
    long[] ids = new long[all.length];
    for (int i = 0; i < all.length; i++) {
      ids[i] = (long) all[i].id() - Integer.MIN_VALUE;
    }
    Interval[] kept = new Interval[all.length];
    int size = 0;
    for (int i : RadixOrder.sort(RadixOrder.identity(all.length), ids)) {
      Interval next = all[i];
      if (size == 0 || kept[size - 1].id() != next.id()) {
        kept[size++] = next;
      } else if (FIRST.compare(next, kept[size - 1]) < 0) {
        kept[size - 1] = next;
      }
    }
    return size == all.length ? kept : Arrays.copyOf(kept, size);
  }

  private void resolveParents() {
    for (int i = 0; i < parents.length; i++) {
      int parent = intervals[i].parent();
      // Negative means none, even if some interval has that for an id.
      int found = parent < 0 ? -1 : indexOf(parent);
      parents[i] = found < 0 ? window() : found;
    }
  }

  /** Looks first where the id is when ids count from 0 without gaps, as recorders hand them out. */
  private int indexOf(int id) {
    return id < ids.length && ids[id] == id ? id : Arrays.binarySearch(ids, id);
  }

  /** Walks up from each interval to the first one of known depth; returns the greatest depth. */
  private int cutCyclesAndMeasure() {
    int[] walk = new int[intervals.length];
    int deepest = 0;
    for (int i = 0; i < intervals.length; i++) {
      int length = 0;
      int at = i;
      while (depths[at] == UNKNOWN) {
        depths[at] = ON_WALK;
        walk[length++] = at;
        at = parents[at];
      }
      if (depths[at] == ON_WALK) {
        makeRoots(at);
      }
      while (length > 0) {
        int node = walk[--length];
        depths[node] = depths[parents[node]] + 1;
        deepest = Math.max(deepest, depths[node]);
      }
    }
    return deepest;
  }

  /** All members, not just one, because which one the walk met first depends on the ids. */
  private void makeRoots(int cycleMember) {
    int at = cycleMember;
    while (at != window()) {
      int next = parents[at];
      parents[at] = window();
      at = next;
    }
  }
}

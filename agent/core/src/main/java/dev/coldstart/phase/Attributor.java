package dev.coldstart.phase;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Breaks a window down into who was being waited for at each instant.
 *
 * <p><b>Definition.</b> An interval runs from its start (inclusive) to its end (exclusive); one
 * that ends before it starts has no length. Its <i>clamped</i> interval is what lies inside the
 * clamped interval of its parent, or inside the window when it is a root. Roots are the intervals
 * with no parent, with a parent that is not in the collection, and all members of a parent cycle.
 * The owner of an instant is found from the window downwards: among the children whose clamped
 * interval contains the instant, take the one with the latest clamped end; ties go to the earlier
 * clamped start, then to the smaller id; go on among its children. The last interval taken is the
 * owner; when not even a root contains the instant, it is {@linkplain Phase#UNATTRIBUTED
 * unattributed}.
 *
 * <p>That is the walk back along the critical path: at a join the parent was waiting for the child
 * that finished last, and before that child began, for the last to finish of those running then. A
 * level never falls back to its parent while one of its children runs.
 *
 * <p><b>Example.</b> Window 0 to 100, {@code 2} and {@code 3} are children of {@code 1}:
 *
 * <pre>
 *   1 tool_registry    10 ---------------------------- 60      ends before 4: its branch is left at 55
 *   2   tools/list        15 ------- 30                        ends before 3: hidden from 20 on
 *   3   tools/list            20 ------------- 50
 *   4 llm_ttft                                      55 -------------- 90
 *
 *   slices: unattributed 0-10, 1 10-15, 2 15-20, 3 20-50, 1 50-55, 4 55-90, unattributed 90-100
 * </pre>
 *
 * <p><b>Sums.</b> Every instant has one owner, so exclusive times and unattributed sum to the
 * window exactly. {@link PhaseTime#hiddenNanos() Hidden} time is never negative: an owner's clamped
 * interval contains every instant it owns, so the slices of a phase are a subset of the union of
 * its clamped intervals, which is its total.
 *
 * <p>An interval may itself be {@linkplain Phase#UNATTRIBUTED unattributed}: what it is has a name,
 * and whose work it was does not. Its slices name it and count as unattributed, and it makes no
 * phase of its own.
 *
 * <p><b>Counts.</b> An interval counts for its phase when it shares an instant with the window; one
 * without length counts when its instant does (the window's end does not). If such an interval lost
 * any length by clamping, be it all, it is counted once in {@link Attribution#clamped()}. Of
 * several intervals with the same id only the first by start, end, parent and phase is looked at.
 * The result does not depend on the order of the collection.
 *
 * <p>Takes O(n log n) time and O(n) memory for n intervals, whatever their nesting and length, and
 * no recursion.
 */
public final class Attributor {
  /**
   * Attributes each nanosecond of a window.
   *
   * @param windowStartNanos inclusive, {@link System#nanoTime()}
   * @param windowEndNanos exclusive, same clock; equal to the start for an empty window
   * @param intervals in any order; not modified
   * @throws IllegalArgumentException if the window ends before it starts, or is longer than {@link
   *     Long#MAX_VALUE} ns
   */
  public static Attribution attribute(
      long windowStartNanos, long windowEndNanos, Collection<Interval> intervals) {
    if (windowEndNanos < windowStartNanos) {
      throw new IllegalArgumentException(
          "window ends before it starts: pass start <= end, got start %d ns, end %d ns"
              .formatted(windowStartNanos, windowEndNanos));
    }
    if (windowEndNanos - windowStartNanos < 0) {
      throw new IllegalArgumentException(
          "window longer than Long.MAX_VALUE ns: start %d ns, end %d ns"
              .formatted(windowStartNanos, windowEndNanos));
    }
    Forest forest = Forest.of(intervals);
    WaitedPath path = new WaitedPath(forest, windowStartNanos, windowEndNanos);
    PhaseSums sums = new PhaseSums(forest, path);
    List<Slice> slices = new Sweep(forest, path, windowStartNanos, sums).run();
    return new Attribution(
        Collections.unmodifiableList(slices),
        sums.phases(),
        sums.unattributedNanos(),
        path.clampedCount());
  }

  /** Goes through the window once, in the order of clamped starts, parents before children. */
  private static final class Sweep {
    private final Forest forest;
    private final WaitedPath path;
    private final long windowStart;
    private final PhaseSums sums;
    private final List<Slice> slices = new ArrayList<>();

    /** The intervals on the path at the cursor, the window below them; the top one is the owner. */
    private final int[] stack;

    private int top;
    private long cursor;

    Sweep(Forest forest, WaitedPath path, long windowStart, PhaseSums sums) {
      this.forest = forest;
      this.path = path;
      this.windowStart = windowStart;
      this.sums = sums;
      this.stack = new int[forest.maxDepth() + 1];
      this.stack[0] = forest.window();
    }

    List<Slice> run() {
      for (int i : path.byStart()) {
        sums.addTotal(i, path.start(i), path.end(i));
        if (path.start(i) < path.waitedEnd(i)) {
          popUntil(path.start(i));
          ownUntil(path.start(i));
          stack[++top] = i;
        }
      }
      long windowEnd = path.end(forest.window());
      popUntil(windowEnd);
      ownUntil(windowEnd);
      return slices;
    }

    /** Stretches on the path nest, so what has ended by then is on top. The window stays. */
    private void popUntil(long time) {
      while (top > 0 && path.waitedEnd(stack[top]) <= time) {
        ownUntil(path.waitedEnd(stack[top]));
        top--;
      }
    }

    /** Gives the time since the cursor to the top: two in a row never have the same owner. */
    private void ownUntil(long time) {
      if (time == cursor) {
        return;
      }
      long start = windowStart + cursor;
      long end = windowStart + time;
      if (top == 0) {
        sums.addUnattributed(time - cursor);
        slices.add(new Slice(start, end, Phase.UNATTRIBUTED, -1));
      } else {
        int owner = stack[top];
        sums.addExclusive(owner, time - cursor);
        slices.add(new Slice(start, end, sums.phase(owner), forest.id(owner)));
      }
      cursor = time;
    }
  }

  private Attributor() {}
}

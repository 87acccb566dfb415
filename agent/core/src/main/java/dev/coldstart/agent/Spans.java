package dev.coldstart.agent;

import dev.coldstart.phase.Interval;
import dev.coldstart.phase.Slice;
import dev.coldstart.report.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Intervals and slices as a report shows them: times count from the start of the window. */
final class Spans {
  private Spans() {}

  static List<Slice> relative(List<Slice> slices, long startNanos) {
    List<Slice> shifted = new ArrayList<>(slices.size());
    for (Slice s : slices) {
      shifted.add(
          new Slice(
              s.startNanos() - startNanos, s.endNanos() - startNanos, s.phase(), s.interval()));
    }
    return shifted;
  }

  /** Spans in order of their start. */
  static List<Span> of(List<Interval> intervals, List<Slice> slices, long startNanos) {
    int ids = 0;
    for (Interval i : intervals) {
      ids = Math.max(ids, i.id() + 1);
    }
    long[] exclusive = new long[ids];
    for (Slice s : slices) {
      if (s.interval() >= 0) {
        exclusive[s.interval()] += s.nanos();
      }
    }
    boolean[] known = new boolean[ids];
    for (Interval i : intervals) {
      known[i.id()] = true;
    }
    List<Span> spans = new ArrayList<>(intervals.size());
    for (Interval i : intervals) {
      spans.add(
          new Span(
              i.id(),
              i.parent() >= 0 && i.parent() < ids && known[i.parent()]
                  ? (Integer) i.parent()
                  : null,
              i.phase(),
              i.name(),
              i.startNanos() - startNanos,
              i.endNanos() - startNanos,
              exclusive[i.id()],
              i.threadName(),
              i.failed(),
              i.open(),
              i.inferred(),
              i.notes()));
    }
    spans.sort(Comparator.comparingLong(Span::startNanos).thenComparingInt(Span::id));
    return spans;
  }
}

package dev.coldstart.agent;

import dev.coldstart.phase.Interval;
import dev.coldstart.phase.Slice;
import dev.coldstart.report.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
    Map<Integer, Long> exclusive = new HashMap<>();
    for (Slice s : slices) {
      exclusive.merge(s.interval(), s.nanos(), Long::sum);
    }
    Set<Integer> ids = new HashSet<>();
    for (Interval i : intervals) {
      ids.add(i.id());
    }
    List<Span> spans = new ArrayList<>(intervals.size());
    for (Interval i : intervals) {
      spans.add(
          new Span(
              i.id(),
              ids.contains(i.parent()) ? (Integer) i.parent() : null,
              i.phase(),
              i.name(),
              i.startNanos() - startNanos,
              i.endNanos() - startNanos,
              exclusive.getOrDefault(i.id(), 0L),
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

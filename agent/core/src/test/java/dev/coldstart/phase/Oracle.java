package dev.coldstart.phase;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The definition in {@link Attributor}'s Javadoc, word by word and nanosecond by nanosecond. Shares
 * no code with it and is as slow as it looks.
 */
final class Oracle {
  private final long windowStart;
  private final long windowEnd;
  private final Map<Integer, Interval> byId = new TreeMap<>();

  private Oracle(long windowStart, long windowEnd, Collection<Interval> intervals) {
    this.windowStart = windowStart;
    this.windowEnd = windowEnd;
    Comparator<Interval> first =
        Comparator.comparing(Interval::startNanos)
            .thenComparing(Interval::endNanos)
            .thenComparing(Interval::parent)
            .thenComparing(Interval::phase);
    for (Interval interval : intervals) {
      byId.merge(interval.id(), interval, (a, b) -> first.compare(a, b) <= 0 ? a : b);
    }
  }

  static Attribution attribute(long windowStart, long windowEnd, Collection<Interval> intervals) {
    return new Oracle(windowStart, windowEnd, intervals).attribute();
  }

  private Attribution attribute() {
    List<Slice> slices = new ArrayList<>();
    long unattributed = 0;
    for (long t = windowStart; t < windowEnd; t++) {
      Interval owner = owner(t);
      int id = owner == null ? -1 : owner.id();
      unattributed += owner == null || owner.phase().equals("unattributed") ? 1 : 0;
      int last = slices.size() - 1;
      if (last >= 0 && slices.get(last).interval() == id) {
        Slice grown = slices.remove(last);
        slices.add(new Slice(grown.startNanos(), t + 1, grown.phase(), id));
      } else {
        slices.add(new Slice(t, t + 1, owner == null ? "unattributed" : owner.phase(), id));
      }
    }
    List<PhaseTime> phases =
        byId.values().stream()
            .filter(this::touchesWindow)
            .map(Interval::phase)
            .distinct()
            .filter(phase -> !phase.equals("unattributed"))
            .map(this::phaseTime)
            .sorted(
                Comparator.comparing((PhaseTime p) -> -p.exclusiveNanos())
                    .thenComparing(PhaseTime::phase))
            .toList();
    int clamped = (int) byId.values().stream().filter(i -> touchesWindow(i) && isCut(i)).count();
    return new Attribution(slices, phases, unattributed, clamped);
  }

  private PhaseTime phaseTime(String phase) {
    List<Interval> members = byId.values().stream().filter(i -> i.phase().equals(phase)).toList();
    long exclusive =
        window().filter(t -> owner(t) != null && owner(t).phase().equals(phase)).count();
    long total = window().filter(t -> members.stream().anyMatch(i -> isActive(i, t))).count();
    int count = (int) members.stream().filter(this::touchesWindow).count();
    return new PhaseTime(phase, exclusive, total, total - exclusive, count, false);
  }

  private LongStream window() {
    return LongStream.range(windowStart, windowEnd);
  }

  private Interval owner(long t) {
    Interval owner = null;
    Interval next = lastToFinish(null, t);
    while (next != null) {
      owner = next;
      next = lastToFinish(owner, t);
    }
    return owner;
  }

  private Interval lastToFinish(Interval parent, long t) {
    return byId.values().stream()
        .filter(i -> Objects.equals(parentOf(i), parent) && isActive(i, t))
        .min(
            Comparator.comparing((Interval i) -> -clampedEnd(i))
                .thenComparing(this::clampedStart)
                .thenComparing(Interval::id))
        .orElse(null);
  }

  private Interval parentOf(Interval interval) {
    return isOwnAncestor(interval) ? null : namedParent(interval);
  }

  private boolean isOwnAncestor(Interval interval) {
    Interval at = interval;
    for (int steps = 0; steps < byId.size() && at != null; steps++) {
      at = namedParent(at);
      if (interval.equals(at)) {
        return true;
      }
    }
    return false;
  }

  private Interval namedParent(Interval interval) {
    return interval.parent() < 0 ? null : byId.get(interval.parent());
  }

  private boolean isActive(Interval interval, long t) {
    boolean active = interval.startNanos() <= t && t < interval.endNanos();
    Interval parent = parentOf(interval);
    return active && (parent == null || isActive(parent, t));
  }

  /** Only asked of active intervals, so that the clamped interval is not empty. */
  private long clampedStart(Interval interval) {
    Interval parent = parentOf(interval);
    return Math.max(interval.startNanos(), parent == null ? windowStart : clampedStart(parent));
  }

  private long clampedEnd(Interval interval) {
    Interval parent = parentOf(interval);
    return Math.min(interval.endNanos(), parent == null ? windowEnd : clampedEnd(parent));
  }

  private boolean touchesWindow(Interval interval) {
    return interval.endNanos() > interval.startNanos()
        ? window().anyMatch(t -> interval.startNanos() <= t && t < interval.endNanos())
        : window().anyMatch(t -> interval.startNanos() == t);
  }

  private boolean isCut(Interval interval) {
    return LongStream.range(interval.startNanos(), interval.endNanos())
        .anyMatch(t -> t < windowStart || t >= windowEnd || !isActive(interval, t));
  }
}

package dev.coldstart.agent;

import dev.coldstart.phase.Attributor;
import dev.coldstart.phase.Interval;
import dev.coldstart.phase.Slice;
import dev.coldstart.report.WaitedFor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * First-time work of others that a request waited for. Nothing in a lock or a future tells who
 * holds it, so it is inferred from timing (decision 0012): a stretch in which the request did
 * nothing of its own, while such work ran elsewhere, and which ended when that work did.
 */
final class Waits {
  /** A shorter stretch says nothing. */
  static final long SHORTEST_NANOS = 10_000_000;

  /** How long after the work the request may take to go on, and the other way round. */
  static final long TOLERANCE_NANOS = 50_000_000;

  private static final long LEAST_NANOS = 1_000_000;
  private static final int TOLERANCE_PART = 3;
  private static final int MAX_ENTRIES = 16;

  /**
   * Where the work may have run.
   *
   * @param request number of the request, null for threads that worked for nobody
   * @param intervals all that is known of it
   */
  record Source(Integer request, List<Interval> intervals) {}

  private record Key(String phase, String name, String thread, Integer request) {}

  private final long end;
  private final Map<Integer, Interval> own = new HashMap<>();
  private final List<Slice> slices;
  private final Set<Integer> foreign;
  private final boolean[] waiting;
  private final Map<Key, Long> found = new LinkedHashMap<>();

  /** What the request itself did, and what somebody went on from to something deeper. */
  private final Set<String> entered = new HashSet<>();

  private final Set<String> enclosing = new HashSet<>();

  /**
   * Looks through the window of one request.
   *
   * @param end of the window
   * @param intervals of the request
   * @param foreign ids of those that are other threads' doing; their time counts as waiting
   * @param slices partition of the window, same clock as the intervals
   * @param others must not hold the request itself
   */
  Waits(
      long end,
      List<Interval> intervals,
      Set<Integer> foreign,
      List<Slice> slices,
      List<Source> others) {
    this.end = end;
    this.slices = slices;
    this.foreign = foreign;
    waiting = new boolean[slices.size()];
    for (Interval interval : intervals) {
      own.put(interval.id(), interval);
      entered.add(label(interval));
    }
    List<Work> works = new ArrayList<>();
    for (Source source : others) {
      works.add(new Work(source));
    }
    works.forEach(this::search);
  }

  /** What was waited for, longest first. */
  List<WaitedFor> entries() {
    List<WaitedFor> entries = new ArrayList<>();
    found.forEach(
        (key, nanos) -> {
          if (nanos >= LEAST_NANOS) {
            entries.add(new WaitedFor(key.phase(), key.name(), key.thread(), key.request(), nanos));
          }
        });
    entries.sort(Comparator.comparingLong(WaitedFor::waitedNanos).reversed());
    return List.copyOf(entries.subList(0, Math.min(MAX_ENTRIES, entries.size())));
  }

  /** Time of the window spent waiting, whatever the others did meanwhile. */
  long waitedNanos() {
    long sum = 0;
    for (int i = 0; i < waiting.length; i++) {
      sum += waiting[i] ? slices.get(i).nanos() : 0;
    }
    return sum;
  }

  /** First-time work the request did itself. */
  long ownNanos() {
    long sum = 0;
    for (int i = 0; i < waiting.length; i++) {
      Interval owner = own.get(slices.get(i).interval());
      if (!waiting[i] && owner != null && !isForeign(owner) && FirstTime.is(owner)) {
        sum += slices.get(i).nanos();
      }
    }
    return sum;
  }

  private void search(Work work) {
    if (work.isEmpty()) {
      return;
    }
    // Where one slice ends, the request did something: it was not waiting any more.
    for (int i = 0; i < waiting.length; i++) {
      if (isIdle(slices.get(i))) {
        stretch(i, work);
      }
    }
  }

  /** Whether the request may have been waiting: none of its own work is known to have run. */
  private boolean isIdle(Slice slice) {
    Interval owner = own.get(slice.interval());
    if (owner == null || isForeign(owner)) {
      return true;
    }
    return FirstTime.is(owner) ? isEnclosing(owner) : !FirstTime.asksModel(owner);
  }

  /** Who is in there and does nothing deeper may be waiting for the one that does. */
  private boolean isEnclosing(Interval interval) {
    return enclosing.contains(label(interval));
  }

  private static String label(Interval interval) {
    return interval.phase() + ' ' + interval.name();
  }

  private boolean isForeign(Interval interval) {
    return foreign.contains(interval.id());
  }

  private void stretch(int at, Work work) {
    long begin = slices.get(at).startNanos();
    long until = slices.get(at).endNanos();
    // A request that ended while it waited cannot have outlasted the work.
    long done = until == end ? Long.MAX_VALUE : until + TOLERANCE_NANOS;
    Map<Key, Long> pieces = new LinkedHashMap<>();
    long waited = 0;
    long last = begin;
    for (Slice slice : work.slices(begin, until)) {
      Interval piece = work.piece(slice.interval(), done);
      if (piece != null) {
        pieces.merge(work.key(piece), slice.nanos(), Long::sum);
        waited += slice.nanos();
        last = slice.endNanos();
      }
    }
    if (waited >= SHORTEST_NANOS
        && until - last <= Math.max(TOLERANCE_NANOS, waited / TOLERANCE_PART)) {
      pieces.forEach((key, nanos) -> found.merge(key, nanos, Long::sum));
      waiting[at] = true;
    }
  }

  /** First-time work of one source. */
  private final class Work {
    private final Source source;
    private final List<Interval> intervals = new ArrayList<>();
    private final Map<Integer, Interval> byId = new HashMap<>();

    Work(Source source) {
      this.source = source;
      for (Interval interval : source.intervals()) {
        if (FirstTime.is(interval)) {
          intervals.add(interval);
          byId.put(interval.id(), interval);
        }
      }
      for (Interval interval : intervals) {
        Interval parent = byId.get(interval.parent());
        if (parent != null) {
          enclosing.add(label(parent));
        }
      }
    }

    boolean isEmpty() {
      return intervals.isEmpty();
    }

    List<Slice> slices(long from, long to) {
      return Attributor.attribute(from, to, intervals).slices();
    }

    /**
     * The outermost work of the phase that was done by then, and that the request was not in
     * itself; null when there was none.
     */
    Interval piece(int id, long doneNanos) {
      Interval piece = null;
      Interval outer = byId.get(id);
      while (outer != null
          && outer.endNanos() <= doneNanos
          && !(isEnclosing(outer) && entered.contains(label(outer)))
          && (piece == null || outer.phase().equals(piece.phase()))) {
        piece = outer;
        outer = byId.get(outer.parent());
      }
      return piece;
    }

    Key key(Interval piece) {
      return new Key(piece.phase(), piece.name(), piece.threadName(), source.request());
    }
  }
}

package dev.coldstart.agent;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.phase.Interval;
import dev.coldstart.phase.Slice;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.StartKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The requests that began before any had completed. Which of them did the first-time work and which
 * waited for it can be told once all have ended: the one that works may end after those that
 * waited. Used by the background thread only.
 */
final class FirstRequests {
  private static final int MAX = 64;
  private static final long LONGEST_NANOS = 10_000_000_000L;

  /** Own first-time work of a request that waited is at most this part of what it waited. */
  private static final int OWN_PART = 3;

  private final List<Reading> undecided = new ArrayList<>();
  private final StartKind kind;
  private boolean completed;
  private long completedNanos;

  private FirstRequests(StartKind kind) {
    this.kind = kind;
  }

  /** The first ones of the process. */
  static FirstRequests cold() {
    return new FirstRequests(StartKind.COLD);
  }

  /** The first ones after a restore. */
  static FirstRequests restored() {
    return new FirstRequests(StartKind.RESTORED);
  }

  /** The process was warm before anybody looked. */
  static FirstRequests none() {
    return new FirstRequests(StartKind.WARM);
  }

  /** What these requests are, but for those that waited. */
  StartKind kind() {
    return kind;
  }

  /** Whether a request that began then is one of them. */
  boolean include(long startNanos) {
    return kind != StartKind.WARM && (!completed || startNanos - completedNanos < 0);
  }

  /** Takes one, in the order of their ends. */
  void add(Reading reading) {
    RequestReport request = reading.report();
    if (!completed) {
      completed = true;
      completedNanos = request.startMonotonicNanos() + request.durationNanos();
    }
    if (undecided.size() < MAX) {
      undecided.add(reading);
    }
  }

  /** Whether there are some to decide on. */
  boolean anyOpen() {
    return !undecided.isEmpty();
  }

  /** Whether it is to be decided on. */
  boolean holds(RequestReport request) {
    for (Reading reading : undecided) {
      if (reading.report().id() == request.id()) {
        return true;
      }
    }
    return false;
  }

  /** Whether there are some and no other is still in flight, or they have been waited for. */
  boolean canDecide(Trace[] inFlight, long nowNanos) {
    if (undecided.isEmpty()) {
      return false;
    }
    for (Trace trace : inFlight) {
      if (trace.startNanos - completedNanos < 0) {
        return nowNanos - completedNanos > LONGEST_NANOS;
      }
    }
    return true;
  }

  /**
   * Decides on those there are.
   *
   * @param nobody what was recorded outside requests since before the first of them
   * @return the requests with their kinds, in the order of their ends
   */
  List<RequestReport> decide(List<Trace> nobody) {
    long now = System.nanoTime();
    List<Interval> background = read(nobody, now);
    List<Waits.Source> sources = new ArrayList<>();
    sources.add(new Waits.Source(null, background));
    for (Trace trace : Recorder.inFlight()) {
      sources.add(new Waits.Source(null, read(List.of(trace), now)));
    }
    for (Reading reading : undecided) {
      sources.add(new Waits.Source(reading.report().id(), reading.intervals()));
    }
    List<RequestReport> decided = new ArrayList<>();
    for (Reading reading : undecided) {
      decided.add(decide(reading, background, sources));
    }
    undecided.clear();
    return decided;
  }

  private RequestReport decide(
      Reading reading, List<Interval> background, List<Waits.Source> sources) {
    RequestReport request = reading.report();
    List<Interval> foreign = foreign(reading, background);
    List<Waits.Source> others = new ArrayList<>();
    others.add(new Waits.Source(null, foreign));
    for (Waits.Source source : sources) {
      if (source.request() == null || source.request() != request.id()) {
        others.add(source);
      }
    }
    Set<Integer> foreignIds = new HashSet<>();
    foreign.forEach(interval -> foreignIds.add(interval.id()));
    long start = request.startMonotonicNanos();
    List<Slice> slices = Spans.relative(request.slices(), -start);
    long end = start + request.wallNanos();
    Waits waits = new Waits(end, reading.intervals(), foreignIds, slices, others);
    return request.withKind(kind(waits).id(), waits.entries());
  }

  private StartKind kind(Waits waits) {
    long waited = waits.waitedNanos();
    return waited > 0 && waits.ownNanos() <= waited / OWN_PART ? StartKind.WAITED : kind;
  }

  /**
   * Intervals of threads that were already at work for nobody when the request came. They are in
   * the request because it was the only one in flight, but it did not start them.
   */
  private static List<Interval> foreign(Reading reading, List<Interval> background) {
    long start = reading.report().startMonotonicNanos();
    Set<Long> threads = new HashSet<>();
    for (Interval interval : background) {
      if (interval.startNanos() - start < 0) {
        threads.add(interval.threadId());
      }
    }
    List<Interval> foreign = new ArrayList<>();
    for (Interval interval : reading.intervals()) {
      if (interval.inferred() && threads.contains(interval.threadId())) {
        foreign.add(interval);
      }
    }
    return foreign;
  }

  private static List<Interval> read(List<Trace> traces, long nowNanos) {
    TraceReader reader = new TraceReader();
    int id = 0;
    for (Trace trace : traces) {
      id = reader.add(trace, id, nowNanos);
    }
    return reader.intervals();
  }
}

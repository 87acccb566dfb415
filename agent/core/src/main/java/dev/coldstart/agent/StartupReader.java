package dev.coldstart.agent;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.phase.Attribution;
import dev.coldstart.phase.Attributor;
import dev.coldstart.phase.Interval;
import dev.coldstart.phase.Phase;
import dev.coldstart.report.StartupReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happened between the start of the process and its first request. */
final class StartupReader {
  private static final int JVM_START = 0;
  private static final int AGENT = 1;
  private static final int APP_START = 2;
  private static final int FIRST_RECORDED = 3;

  private final Clock clock;
  private final long premainBeginNanos;
  private final long premainEndNanos;
  private final boolean attached;

  /**
   * @param attached whether the process ran before the agent came: its start is unknown then
   */
  StartupReader(Clock clock, long premainBeginNanos, long premainEndNanos, boolean attached) {
    this.clock = clock;
    this.premainBeginNanos = premainBeginNanos;
    this.premainEndNanos = premainEndNanos;
    this.attached = attached;
  }

  /**
   * Breaks the start-up down.
   *
   * @param untilNanos start of the first request, or now
   * @param ambient what was recorded outside requests
   */
  StartupReport read(long untilNanos, List<Trace> ambient) {
    long start = processStartNanos();
    long ready = Recorder.readyNanos;
    boolean sawReady = ready != 0 && ready - untilNanos <= 0;
    long appEnd = sawReady ? ready : untilNanos;
    List<Interval> intervals = new ArrayList<>();
    intervals.add(
        own(AGENT, Phase.AGENT, "premain of the agent", premainBeginNanos, premainEndNanos));
    if (!attached) {
      intervals.add(
          own(JVM_START, Phase.JVM_START, "process start to premain", start, premainBeginNanos));
      intervals.add(own(APP_START, Phase.APP_START, "premain to ready", premainEndNanos, appEnd));
    }
    TraceReader reader = new TraceReader();
    int id = FIRST_RECORDED;
    for (Trace trace : ambient) {
      id = reader.add(trace, id, untilNanos);
    }
    for (Interval i : reader.intervals()) {
      if (i.startNanos() - untilNanos < 0) {
        boolean starting = !attached && i.parent() < 0 && i.startNanos() - appEnd < 0;
        intervals.add(starting ? partOfStart(i) : i);
      }
    }
    Attribution attribution = Attributor.attribute(start, untilNanos, intervals);
    return new StartupReport(
        start,
        untilNanos - start,
        sawReady ? (Long) (ready - start) : null,
        sawReady ? Recorder.readySignal : attached ? "attached later" : "first request",
        attribution.phases(),
        attribution.unattributedNanos(),
        Spans.relative(attribution.slices(), start),
        Spans.of(intervals, attribution.slices(), start));
  }

  /** The operating system tells the start of the process in steps of 10 ms. */
  private long processStartNanos() {
    Optional<Instant> start = ProcessHandle.current().info().startInstant();
    if (start.isEmpty()) {
      return premainBeginNanos;
    }
    Instant instant = start.get();
    long nanos = clock.nanoTime(instant.getEpochSecond() * 1_000_000_000L + instant.getNano());
    return nanos - premainBeginNanos < 0 ? nanos : premainBeginNanos;
  }

  /** What nothing else encloses is part of the application's start. */
  private static Interval partOfStart(Interval root) {
    Interval below = root.below(APP_START);
    return root.phase().equals(Phase.UNATTRIBUTED) ? below.in(Phase.APP_START.id()) : below;
  }

  private static Interval own(int id, Phase phase, String name, long start, long end) {
    return new Interval(
        id, -1, phase.id(), name, start, end, -1, "", false, false, false, Map.of());
  }
}

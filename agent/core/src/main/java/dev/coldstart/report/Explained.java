package dev.coldstart.report;

import java.util.List;

/**
 * What the process did during a window, to explain what no phase covers. The amounts are of the
 * whole process, all threads together; they overlap and do not sum to the unattributed time. Null
 * means unknown, and {@link #unknown} says why.
 *
 * @param fromNanos start of the stretch the amounts are of, since the start of the request; looked
 *     at by the agent's own thread, hence a little late; may be negative
 * @param toNanos end of that stretch
 * @param cpuNanos CPU time used; Linux counts it in steps of 10 ms
 * @param throttledNanos time the cgroup held its threads back, all CPUs together
 * @param gcNanos time in garbage collections, as the collector counts it: its pauses
 * @param safepointNanos time in which the JVM stopped all threads, collections included
 * @param jitNanos time compiling, all compiler threads together, counted when a compilation ends
 * @param classLoadNanos time finding, defining, linking and verifying classes, all threads together
 * @param classInitNanos time in static initialisers, what they wait for included
 * @param classesLoaded classes loaded, those from a CDS archive included
 * @param weavingNanos own cost: time the agent spent on transforming classes in the window
 * @param unknown what could not be told and why, one line each
 * @param reasons what may have taken the time: first what happened on the request's own threads in
 *     unattributed stretches, then what is known of the process only; largest first in either
 */
public record Explained(
    Long fromNanos,
    Long toNanos,
    Long cpuNanos,
    Long throttledNanos,
    Long gcNanos,
    Long safepointNanos,
    Long jitNanos,
    Long classLoadNanos,
    Long classInitNanos,
    Long classesLoaded,
    Long weavingNanos,
    List<String> unknown,
    List<Reason> reasons) {

  /** Time of unattributed stretches, on threads that worked for the request. */
  public static final String REQUEST = "request";

  /** Time of any thread of the process, in any part of the window. */
  public static final String PROCESS = "process";

  /** The same amounts with other words. */
  public Explained with(List<String> otherUnknown, List<Reason> otherReasons) {
    return new Explained(
        fromNanos,
        toNanos,
        cpuNanos,
        throttledNanos,
        gcNanos,
        safepointNanos,
        jitNanos,
        classLoadNanos,
        classInitNanos,
        classesLoaded,
        weavingNanos,
        otherUnknown,
        otherReasons);
  }

  /**
   * One likely reason.
   *
   * @param what "class loading", "static initialisers", "compilation", "gc", "safepoint",
   *     "throttling", "weaving", "stopped", "no cpu", "lock", "wait", "park", "sleep", "file",
   *     "socket", "frame"
   * @param detail a class, a method, or read or write; never content, paths or hosts; empty for
   *     none
   * @param source "jvm counters", "cgroup", "proc", "transformer", "jfr", or "jfr samples": samples
   *     times their period, an estimate
   * @param scope {@link #REQUEST} or {@link #PROCESS}
   * @param tookNanos how long, null where only counted
   * @param count how often, null where only timed
   */
  public record Reason(
      String what, String detail, String source, String scope, Long tookNanos, Long count) {}
}

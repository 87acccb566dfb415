package dev.coldstart.report;

import java.util.List;

/**
 * What the process did during a window, to explain what no phase covers. The amounts are of the
 * whole process, all threads together, sampled close to the window's ends; null means unknown.
 *
 * @param cpuNanos CPU time used
 * @param throttledNanos time the cgroup held the process back
 * @param gcNanos time in garbage collections
 * @param jitNanos time compiling, on the compiler threads
 * @param classLoadNanos time loading and initialising classes
 * @param reasons what may have taken the time, largest first
 */
public record Explained(
    Long cpuNanos,
    Long throttledNanos,
    Long gcNanos,
    Long jitNanos,
    Long classLoadNanos,
    List<Reason> reasons) {

  /**
   * One likely reason.
   *
   * @param what "class loading", "compilation", "lock", "park", "file", "socket", "gc", "cpu
   *     throttling", "frame", ...
   * @param detail a class, a frame or a thread; never content; empty for none
   * @param source "jvm counters", "cgroup", "jfr" or "transformer"
   * @param tookNanos how long, null where only counted
   * @param count how often, null where only timed
   */
  public record Reason(String what, String detail, String source, Long tookNanos, Long count) {}
}

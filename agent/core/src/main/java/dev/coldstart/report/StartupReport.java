package dev.coldstart.report;

import dev.coldstart.phase.PhaseTime;
import dev.coldstart.phase.Slice;
import java.util.List;

/**
 * Process start until the first request began (or until now, when there was none). Times are
 * relative to {@code startMonotonicNanos}, the estimated {@code nanoTime} of the process start.
 *
 * @param startMonotonicNanos {@link System#nanoTime()} value of the process start (the JVM tells it
 *     in ms)
 * @param wallNanos length of the window
 * @param readyNanos process start to ready, null when readiness was not seen
 * @param readySignal what "ready" means here ("tomcat started", "first request", ...)
 * @param phases exclusive times, with {@code jvm_start}, {@code agent}, {@code app_start}
 * @param unattributedNanos what no phase covers
 * @param slices partition of the window
 * @param spans the intervals
 */
public record StartupReport(
    long startMonotonicNanos,
    long wallNanos,
    Long readyNanos,
    String readySignal,
    List<PhaseTime> phases,
    long unattributedNanos,
    List<Slice> slices,
    List<Span> spans) {}

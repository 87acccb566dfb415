package dev.coldstart.agent;

import dev.coldstart.phase.Interval;
import dev.coldstart.report.RequestReport;
import java.util.List;

/**
 * A finished request as read from its trace.
 *
 * @param report the request broken down
 * @param intervals what it was made from, on the clock of {@link System#nanoTime()}
 */
record Reading(RequestReport report, List<Interval> intervals) {}

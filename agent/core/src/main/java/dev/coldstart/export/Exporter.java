package dev.coldstart.export;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;

/**
 * One way out for what was measured. All methods but one are called by one background thread, never
 * by a thread of the application; what they throw is caught by {@link Exporters}.
 */
public interface Exporter {
  /**
   * A request has finished, of whatever start kind.
   *
   * @param kept whether the run report keeps it in full; warm requests beyond the limit are counted
   *     only
   */
  default void request(RequestReport request, boolean kept) {}

  /** The run report has changed. */
  default void report(RunReport report) {}

  /** The process ends before {@link #close} is done: called by another thread. Must not wait. */
  default void outOfTime() {}

  /**
   * The process ends: writes out what is pending and returns in time, whether or not that worked.
   *
   * @param budgetNanos how long it may take, ns
   */
  default void close(long budgetNanos) {}
}

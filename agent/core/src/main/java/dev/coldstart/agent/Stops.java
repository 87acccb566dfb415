package dev.coldstart.agent;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Stretches in which the process did not run: stopped by a signal or a debugger, frozen with its
 * container, or without a processor. The background thread woke up long after it had asked to, and
 * the process had used next to no CPU time meanwhile, so it was not that thread alone. Where CPU
 * time is unknown nothing is claimed. Used by that thread only.
 */
final class Stops {
  private static final long LEAST_OVERDUE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** CPU time that may be used before and after the stop, and by looking at it. */
  private static final long SOME_CPU_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final long SHARE_OF_CPU = 10;
  private static final int MAX_KEPT = 64;
  private static final int MAX_TOLD = 8;

  /**
   * It was stopped at some time within this stretch.
   *
   * @param asleepNanos how much of the stretch it may have run, at most
   */
  private record Stop(long fromNanos, long toNanos, long asleepNanos) {
    long leastNanos() {
      return toNanos - fromNanos - asleepNanos;
    }
  }

  private final List<Stop> all = new ArrayList<>();
  private int more;

  /**
   * The background thread was asleep.
   *
   * @param fromNanos since when
   * @param toNanos until when
   * @param askedNanos for how long it wanted to, at most
   * @param usedCpuNanos CPU time of the process in a stretch that holds this one, null when unknown
   */
  void slept(long fromNanos, long toNanos, long askedNanos, Long usedCpuNanos) {
    Stop stop = new Stop(fromNanos, toNanos, askedNanos);
    if (usedCpuNanos == null
        || stop.leastNanos() < LEAST_OVERDUE_NANOS
        || usedCpuNanos > Math.max(SOME_CPU_NANOS, stop.leastNanos() / SHARE_OF_CPU)) {
      return;
    }
    if (all.size() < MAX_KEPT) {
      all.add(stop);
    } else {
      more++;
    }
  }

  /** The least time that the process did not run within a window, ns. */
  long leastNanosBetween(long startNanos, long endNanos) {
    long least = 0;
    for (Stop stop : all) {
      long from = Math.max(stop.fromNanos - startNanos, 0);
      long to = Math.min(stop.toNanos - startNanos, endNanos - startNanos);
      least += Math.max(0, to - from - stop.asleepNanos);
    }
    return least;
  }

  /** For people, oldest first. */
  List<String> warnings(Clock clock) {
    List<String> lines = new ArrayList<>();
    for (Stop stop : all.subList(0, Math.min(MAX_TOLD, all.size()))) {
      Instant until = Instant.ofEpochSecond(0, clock.epochNanos(stop.toNanos));
      lines.add(
          String.format(
              Locale.ROOT,
              "the process did not run for at least %.1f s until %s (SIGSTOP, debugger, frozen"
                  + " container or no CPU): requests and start-up took that much longer then",
              stop.leastNanos() / 1e9,
              until.truncatedTo(ChronoUnit.SECONDS)));
    }
    int untold = all.size() - lines.size() + more;
    if (untold > 0) {
      lines.add("the process did not run at " + untold + " other times");
    }
    return lines;
  }
}

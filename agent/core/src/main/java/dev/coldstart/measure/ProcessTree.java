package dev.coldstart.measure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A process and all it started. */
final class ProcessTree {
  private static final long POLL_MILLIS = 10;
  private static final long KILL_MILLIS = 5_000;

  private final Process root;

  /** Remembered, because a child whose parent has ended is no descendant any more. */
  private final Set<ProcessHandle> seen = new LinkedHashSet<>();

  ProcessTree(Process root) {
    this.root = root;
  }

  Process root() {
    return root;
  }

  /** Remembers the processes that are there now. */
  synchronized void look() {
    seen.add(root.toHandle());
    List.copyOf(seen).forEach(process -> process.descendants().forEach(seen::add));
  }

  /** CPU time of the root so far; null when it has ended or the system does not tell. */
  Long cpuNanos() {
    return root.toHandle().info().totalCpuDuration().map(time -> time.toNanos()).orElse(null);
  }

  /**
   * Asks the root to end, as an orchestrator would, and makes whatever is left after the grace
   * period end.
   */
  void stop(long graceMillis) {
    look();
    root.destroy();
    awaitEnd(Set.of(root.toHandle()), graceMillis);
    kill();
  }

  /** Ends all of it at once. */
  synchronized void kill() {
    look();
    seen.forEach(ProcessHandle::destroyForcibly);
    awaitEnd(seen, KILL_MILLIS);
  }

  private static void awaitEnd(Set<ProcessHandle> processes, long millis) {
    long begin = System.nanoTime();
    while (processes.stream().anyMatch(ProcessHandle::isAlive)
        && System.nanoTime() - begin < TimeUnit.MILLISECONDS.toNanos(millis)) {
      try {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}

package dev.coldstart.agent;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.RequestEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls of agents that came before any server was ready. In a batch job each is a request; in a
 * service that is about to serve they are part of its start-up. Which of the two it is turns out
 * later: until then they are held. Used by the background thread only.
 */
final class AgentCalls {
  private static final int MAX_HELD = 256;

  private final long patienceNanos;
  private final List<Trace> held = new ArrayList<>();
  private final List<Trace> startup = new ArrayList<>();
  private boolean batch;

  /**
   * @param patienceNanos how long after the end of the first call a server may become ready
   */
  AgentCalls(long patienceNanos) {
    this.patienceNanos = patienceNanos;
  }

  /** Whether it is one of them, and not yet known to be a request. */
  boolean hold(Trace trace) {
    if (batch || !RequestEntry.AGENT_CALL.equals(trace.method)) {
      return false;
    }
    held.add(trace);
    return true;
  }

  /**
   * Decides on those held if it can be told by now.
   *
   * @param exiting whether the process ends
   * @return those that are requests
   */
  List<Trace> requests(boolean exiting) {
    if (held.isEmpty()) {
      return List.of();
    }
    List<Trace> requests = new ArrayList<>();
    if (Recorder.readyNanos != 0) {
      int room = Math.min(held.size(), MAX_HELD - startup.size());
      startup.addAll(held.subList(0, room));
      held.clear();
    } else if (exiting || held.size() >= MAX_HELD || waitedLong()) {
      batch = true;
      requests.addAll(held);
      held.clear();
    }
    return requests;
  }

  /** Those that turned out to be part of the start-up. */
  List<Trace> startup() {
    return startup;
  }

  private boolean waitedLong() {
    Trace first = held.get(0);
    return System.nanoTime() - (first.startNanos + first.end) > patienceNanos;
  }
}

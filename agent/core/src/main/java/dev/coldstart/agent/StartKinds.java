package dev.coldstart.agent;

import dev.coldstart.bootstrap.Trace;
import dev.coldstart.report.Expired;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.StartKind;
import dev.coldstart.report.StartupReport;
import java.util.List;

/**
 * Gives each request of an agent its start kind: decision 0012. Used by the background thread only.
 */
final class StartKinds {
  private final long idleNanos;
  private final Restores restores;
  private final Expiries expiries = new Expiries();
  private FirstRequests first;
  private boolean anyEnded;
  private long lastEndNanos;

  /**
   * @param idleNanos quiet time after which a request is looked at more closely
   */
  StartKinds(FirstRequests first, long idleNanos, Restores restores) {
    this.first = first;
    this.idleNanos = idleNanos;
    this.restores = restores;
  }

  /** Whether a restore ended what was warm: the first requests have to be decided on before. */
  boolean restoredBefore(Trace trace) {
    return restores.restoredBefore(trace.startNanos);
  }

  /** The next request is a first one again. */
  void startAgain() {
    first = FirstRequests.restored();
  }

  /**
   * The request with its kind. For one of the first ones that is what it seems to be so far: {@link
   * #decide} gives the last word.
   *
   * @param reading in the order of their ends
   * @param inFlight requests in flight
   */
  RequestReport of(Reading reading, Trace[] inFlight) {
    RequestReport request = reading.report().withIdle(quietNanos(reading.report(), inFlight));
    ended(request);
    if (first.include(request.startMonotonicNanos())) {
      request = request.withKind(first.kind().id(), List.of());
      first.add(new Reading(request, reading.intervals()));
      expiries.learn(request, false);
      return request;
    }
    List<Expired> expired = expiries.of(request, isAfterQuiet(request));
    StartKind kind = expired.isEmpty() ? StartKind.WARM : StartKind.RECOLD;
    expiries.learn(request, kind == StartKind.WARM);
    return request.withExpired(kind.id(), expired);
  }

  /** Whether it came after a time that is called idle. */
  boolean isAfterQuiet(RequestReport request) {
    return request.idleNanos() != null && request.idleNanos() >= idleNanos;
  }

  /** Whether {@link #decide} will tell of this request. */
  boolean isOpen(RequestReport request) {
    return first.holds(request);
  }

  /** Whether there are first requests to decide on. */
  boolean anyOpen() {
    return first.anyOpen();
  }

  /** Whether all have ended that could be among the first, or have been waited for. */
  boolean canDecide(Trace[] inFlight) {
    return first.canDecide(inFlight, System.nanoTime());
  }

  /** The first requests with their kinds; see {@link FirstRequests#decide}. */
  List<RequestReport> decide(List<Trace> nobody) {
    return first.decide(nobody);
  }

  /** Takes what ran before the first request. */
  void startup(StartupReport startup) {
    expiries.learn(startup.spans(), startup.startMonotonicNanos());
  }

  private Long quietNanos(RequestReport request, Trace[] inFlight) {
    long start = request.startMonotonicNanos();
    boolean quiet = anyEnded && start - lastEndNanos >= 0;
    for (Trace trace : inFlight) {
      quiet &= trace.size() == 0 || trace.startNanos - start >= 0;
    }
    return quiet ? (Long) (start - lastEndNanos) : null;
  }

  private void ended(RequestReport request) {
    long end = request.startMonotonicNanos() + request.durationNanos();
    lastEndNanos = anyEnded && end - lastEndNanos < 0 ? lastEndNanos : end;
    anyEnded = true;
  }
}

package dev.coldstart.report;

import dev.coldstart.phase.PhaseTime;
import dev.coldstart.phase.SerialWork;
import dev.coldstart.phase.Slice;
import java.util.List;

/**
 * One request broken down. {@code sum(phases.exclusiveNanos) + unattributedNanos == wallNanos}.
 *
 * @param id counts requests of the process from 1
 * @param kind start kind: "cold", "waited", "recold", "restored", "warm"
 * @param method HTTP method or kind of entry
 * @param route path without query, or route template
 * @param window "first_visible_token" or "response_end": what the window ends with
 * @param startMonotonicNanos {@link System#nanoTime()} at the start; slices and spans count from it
 * @param startEpochNanos wall clock at the start, ns since 1970
 * @param wallNanos length of the window
 * @param durationNanos until the end of the response
 * @param ttftNanos start of the request to the first content token of any model call, null when
 *     none
 * @param phases largest exclusive time first
 * @param unattributedNanos what no phase covers
 * @param clamped intervals cut at the window or at their parent
 * @param classesDefined classes defined in the process during the window
 * @param failed the handler ended by an exception, or the status is an error of the server's
 * @param error class of the exception or HTTP status that made it fail, null when unknown and when
 *     it did not
 * @param traceId W3C trace id (32 hex digits): the OpenTelemetry agent's where that runs in the
 *     same JVM, else from the incoming traceparent, else made up
 * @param parentSpanId the OpenTelemetry agent's span of the request, else the span id of the
 *     incoming traceparent; null when there was neither
 * @param slices partition of the window, times since the start of the request
 * @param spans the intervals
 * @param llm model calls in order of their start
 * @param idleNanos quiet time before it: since the last agent request ended; null for the first,
 *     and when another one was in flight
 * @param waitedFor first-time work of others it waited for, longest first
 * @param expired what had to be made again, longest first
 * @param serial work that could have run side by side, largest saving first
 * @param explained what the process did meanwhile, null when it was not looked at
 */
public record RequestReport(
    int id,
    String kind,
    String method,
    String route,
    String window,
    long startMonotonicNanos,
    long startEpochNanos,
    long wallNanos,
    long durationNanos,
    Long ttftNanos,
    List<PhaseTime> phases,
    long unattributedNanos,
    int clamped,
    long classesDefined,
    boolean failed,
    String error,
    String traceId,
    String parentSpanId,
    List<Slice> slices,
    List<Span> spans,
    List<LlmCall> llm,
    Long idleNanos,
    List<WaitedFor> waitedFor,
    List<Expired> expired,
    List<SerialWork> serial,
    Explained explained) {

  /** Exclusive time of a phase, ns; 0 when the request did not have it. */
  public long exclusiveNanos(String phase) {
    return phases.stream()
        .filter(p -> p.phase().equals(phase))
        .mapToLong(PhaseTime::exclusiveNanos)
        .sum();
  }

  /** The same request, broken down otherwise. */
  public RequestReport withPhases(List<PhaseTime> others) {
    return with(kind, others, idleNanos, waitedFor, expired, explained);
  }

  /** The same request of another start kind. */
  public RequestReport withKind(String other, List<WaitedFor> waits) {
    return with(other, phases, idleNanos, waits, expired, explained);
  }

  /** The same request after a quiet time. */
  public RequestReport withIdle(Long quietNanos) {
    return with(kind, phases, quietNanos, waitedFor, expired, explained);
  }

  /** The same request of another start kind because of what expired. */
  public RequestReport withExpired(String other, List<Expired> things) {
    return with(other, phases, idleNanos, waitedFor, things, explained);
  }

  /** The same request, explained. */
  public RequestReport withExplained(Explained other) {
    return with(kind, phases, idleNanos, waitedFor, expired, other);
  }

  private RequestReport with(
      String newKind,
      List<PhaseTime> newPhases,
      Long newIdleNanos,
      List<WaitedFor> newWaitedFor,
      List<Expired> newExpired,
      Explained newExplained) {
    return new RequestReport(
        id,
        newKind,
        method,
        route,
        window,
        startMonotonicNanos,
        startEpochNanos,
        wallNanos,
        durationNanos,
        ttftNanos,
        newPhases,
        unattributedNanos,
        clamped,
        classesDefined,
        failed,
        error,
        traceId,
        parentSpanId,
        slices,
        spans,
        llm,
        newIdleNanos,
        newWaitedFor,
        newExpired,
        serial,
        newExplained);
  }
}

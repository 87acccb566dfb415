package dev.coldstart.export;

import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.RequestReport;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;

/** One phase of one finished request. */
@Name("dev.coldstart.Phase")
@Label("Phase")
@Category("Coldstart")
@Description(
    "What one phase took in a finished request. Written after the fact: startTime is when it was"
        + " reported; the phase ran between requestStart + firstStart and requestStart + lastEnd")
@StackTrace(false)
final class JfrPhase extends Event {
  @Label("Request Id")
  @Description("Counts requests of the process from 1")
  int requestId;

  @Label("Start Kind")
  @Description("cold, waited, recold, restored or warm")
  String kind;

  @Label("Phase")
  @Description("Phase id, or unattributed")
  String phase;

  @Label("Trace Id")
  String traceId;

  @Label("Request Start")
  @Description("Wall clock at the start of the request, ms")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  long requestStart;

  @Label("First Start")
  @Description("Start of the request until the phase first owned it, ns; 0 when it never did")
  @Timespan(Timespan.NANOSECONDS)
  long firstStart;

  @Label("Last End")
  @Description("Start of the request until the phase last owned it, ns; 0 when it never did")
  @Timespan(Timespan.NANOSECONDS)
  long lastEnd;

  @Label("Exclusive")
  @Description("Time the phase owned, ns; these sum to the window of the request")
  @Timespan(Timespan.NANOSECONDS)
  long exclusive;

  @Label("Total")
  @Description("Union of its intervals, ns")
  @Timespan(Timespan.NANOSECONDS)
  long total;

  @Label("Hidden")
  @Description("Total minus exclusive, ns: ran behind something slower")
  @Timespan(Timespan.NANOSECONDS)
  long hidden;

  @Label("Count")
  @Description("Intervals of the phase; 0 for a derived phase and for unattributed")
  int count;

  @Label("Estimated")
  @Description("Derived rather than measured")
  boolean estimated;

  JfrPhase fill(RequestReport request, PhaseTime time, long firstStartNanos, long lastEndNanos) {
    requestId = request.id();
    kind = request.kind();
    phase = time.phase();
    traceId = request.traceId();
    requestStart = request.startEpochNanos() / 1_000_000;
    firstStart = firstStartNanos;
    lastEnd = lastEndNanos;
    exclusive = time.exclusiveNanos();
    total = time.totalNanos();
    hidden = time.hiddenNanos();
    count = time.count();
    estimated = time.estimated();
    return this;
  }
}

package dev.coldstart.export;

import dev.coldstart.report.RequestReport;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;

/** One finished request. */
@Name("dev.coldstart.Request")
@Label("Request")
@Category("Coldstart")
@Description(
    "A finished request. Written after the fact: startTime is when it was reported, requestStart and"
        + " the durations tell when it happened")
@StackTrace(false)
final class JfrRequest extends Event {
  @Label("Request Id")
  @Description("Counts requests of the process from 1")
  int requestId;

  @Label("Start Kind")
  @Description("cold, waited, recold, restored or warm")
  String kind;

  @Label("Method")
  String method;

  @Label("Route")
  @Description("Route template or path without query")
  String route;

  @Label("Window")
  @Description("What the window ends with: first_visible_token or response_end")
  String window;

  @Label("Trace Id")
  String traceId;

  @Label("Request Start")
  @Description("Wall clock at the start of the request, ms")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  long requestStart;

  @Label("Window Length")
  @Description("Start of the request to the end of the window, ns")
  @Timespan(Timespan.NANOSECONDS)
  long wall;

  @Label("Response End")
  @Description("Start of the request to the end of the response, ns")
  @Timespan(Timespan.NANOSECONDS)
  long responseEnd;

  @Label("Time to First Token")
  @Description("Start of the request to the first content token, ns; -1 when none came")
  @Timespan(Timespan.NANOSECONDS)
  long timeToFirstToken;

  @Label("Unattributed")
  @Description("Part of the window no phase covers, ns")
  @Timespan(Timespan.NANOSECONDS)
  long unattributed;

  @Label("Failed")
  boolean failed;

  JfrRequest fill(RequestReport request) {
    requestId = request.id();
    kind = request.kind();
    method = request.method();
    route = request.route();
    window = request.window();
    traceId = request.traceId();
    requestStart = request.startEpochNanos() / 1_000_000;
    wall = request.wallNanos();
    responseEnd = request.durationNanos();
    timeToFirstToken = request.ttftNanos() == null ? -1 : request.ttftNanos();
    unattributed = request.unattributedNanos();
    failed = request.failed();
    return this;
  }
}

package dev.coldstart.export;

import dev.coldstart.phase.Phase;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.RequestReport;
import java.util.LinkedHashMap;
import java.util.Map;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;

/** The requests a recording came too late for. */
@Name("dev.coldstart.Earlier")
@Label("Earlier Requests")
@Category("Coldstart")
@Description("Sums up the requests that had finished before the recording began")
@StackTrace(false)
final class JfrEarlier extends Event {
  @Label("Requests")
  int requests;

  @Label("First Request Id")
  @Description("Counts requests of the process from 1")
  int requestId;

  @Label("First Start Kind")
  @Description("cold, waited, recold, restored or warm")
  String kind;

  @Label("First Trace Id")
  String traceId;

  @Label("First Request Start")
  @Description("Wall clock at its start, ms")
  @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
  long requestStart;

  @Label("First Window Length")
  @Description("Its start to the end of its window, ns")
  @Timespan(Timespan.NANOSECONDS)
  long wall;

  @Label("First Phases")
  @Description("Its phases and their exclusive time in ms, largest first; they sum to its window")
  String phases;

  JfrEarlier fill(int count, RequestReport first) {
    requests = count;
    requestId = first.id();
    kind = first.kind();
    traceId = first.traceId();
    requestStart = first.startEpochNanos() / 1_000_000;
    wall = first.wallNanos();
    Map<String, Long> nanos = new LinkedHashMap<>();
    for (PhaseTime time : first.phases()) {
      nanos.put(time.phase(), time.exclusiveNanos());
    }
    nanos.put(Phase.UNATTRIBUTED, first.unattributedNanos());
    phases = JfrStartup.text(nanos);
    return this;
  }
}

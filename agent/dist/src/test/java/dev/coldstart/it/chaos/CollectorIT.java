package dev.coldstart.it.chaos;

import dev.coldstart.it.HttpCollector;
import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.it.harness.Seen;
import dev.coldstart.it.harness.Seen.End;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.RunReport;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the collector does, the service does not notice, and nothing is lost. */
class CollectorIT {
  @RegisterExtension
  static final Row ROW =
      new Row(
          "The OpenTelemetry collector is absent, refuses, hangs, resets, answers 503 or appears"
              + " late, over HTTP and gRPC: the service answers as ever and ends at most 200 ms"
              + " later, one line tells what was not sent, the report has everything, and a"
              + " collector that appears gets it.");

  /** What the end may take longer, ms, and in the short form what a busy machine adds to that. */
  private static final long BOUND_MILLIS = 200L + Row.size(150, 0);

  /** The median of these rounds counts. In the short form a case in time needs only one. */
  private static final int ROUNDS = Row.size(3, 5);

  private static final long LATE_SECONDS = Row.size(2, 120);

  @TempDir private Path folder;
  private Path fakes;

  @BeforeEach
  void compileFakes() {
    fakes = Fakes.compile("hikari", folder);
  }

  @Test
  void isNotNoticed() throws Exception {
    Map<String, List<Long>> longer = new TreeMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      Seen plain = Seen.of(run("without" + round).withoutAgent(), End.EXIT);
      for (String protocol : List.of("http/protobuf", "grpc")) {
        for (FaultyCollector.Fault fault : FaultyCollector.Fault.values()) {
          String name = protocol + " " + fault;
          List<Long> stops = longer.computeIfAbsent(name, n -> new ArrayList<>());
          if (Row.size(1, 0) == 0 || stops.isEmpty() || median(stops) > BOUND_MILLIS) {
            Seen watched = watched(name.replaceAll("\\W", "") + round, protocol, fault);
            ROW.same(name, plain, watched);
            stops.add(watched.stopMillis() - plain.stopMillis());
          }
        }
      }
    }
    longer.forEach(
        (name, stops) ->
            ROW.holds(name, median(stops) <= BOUND_MILLIS, "ended " + stops + " ms later"));
    ROW.note("ended later by", longer.values().stream().flatMap(List::stream).toList(), " ms");
  }

  /** It gets what it missed, once. */
  @Test
  void getsEverythingOnceItAppears() throws Exception {
    int port = FaultyCollector.unusedPort();
    String name = "http/protobuf, appears after " + LATE_SECONDS + " s";
    Seen plain = Seen.of(run("without").withoutAgent(), End.EXIT);
    AgentRun run = exporting("late", "http/protobuf", "http://127.0.0.1:" + port);
    try (ForkedApp app = run.start(ServerApp.class)) {
      List<RawHttp.Response> responses = Seen.ask(app.http());
      RunReport report = app.awaitRequests(Seen.watched());
      TimeUnit.SECONDS.sleep(LATE_SECONDS);
      try (HttpCollector collector = new HttpCollector(port)) {
        int expected = spans(report);
        app.await(expected + " spans", () -> collector.spans().size() >= expected);
        Seen watched = Seen.ended(app, responses, End.EXIT);
        ROW.same(name, plain, watched);
        List<Span> got = List.copyOf(collector.spans());
        ROW.lost(name, expected - new HashSet<>(ids(got)).size(), "spans");
        ROW.holds(name, got.size() == expected, got.size() + " spans, expected " + expected);
        ROW.holds(name, watched.ended().coldstartLines().isEmpty(), watched.ended().err());
      }
    }
  }

  private Seen watched(String name, String protocol, FaultyCollector.Fault fault) throws Exception {
    try (FaultyCollector collector = new FaultyCollector(fault, protocol);
        ForkedApp app = exporting(name, protocol, collector.endpoint()).start(ServerApp.class)) {
      List<RawHttp.Response> responses = Seen.ask(app.http());
      app.awaitRequests(Seen.watched());
      Seen seen = Seen.ended(app, responses, End.EXIT);
      RunReport report = app.report();
      Sums.check(report);
      ROW.lost(
          name,
          Seen.handled() - report.requests().size() - others(report),
          "requests that the client made and the report does not have");
      List<String> lines = seen.ended().coldstartLines();
      String traces = "did not get " + (report.requests().size() + 1) + " traces; this sends them";
      ROW.holds(name, lines.size() == 1 && lines.get(0).contains(traces), "said " + lines);
      return seen;
    }
  }

  private AgentRun exporting(String name, String protocol, String endpoint) {
    return run(name)
        .options("otel=on,summary=off")
        .jvm(
            "-Dotel.exporter.otlp.protocol=" + protocol,
            "-Dotel.exporter.otlp.endpoint=" + endpoint);
  }

  private AgentRun run(String name) {
    return AgentRun.on(Jdks.any(), folder.resolve(name))
        .workDir(folder)
        .onlyJvm("-XX:TieredStopAtLevel=1", "-Xmx256m")
        .classPath(fakes);
  }

  private static int others(RunReport report) {
    return report.others().stream().mapToInt(o -> (int) o.count()).sum();
  }

  /** One for each request and the start, and one for each interval. */
  private static int spans(RunReport report) {
    return 1
        + report.startup().spans().size()
        + report.requests().stream().mapToInt(request -> 1 + request.spans().size()).sum();
  }

  private static List<String> ids(List<Span> spans) {
    return spans.stream()
        .map(span -> span.getTraceId().toString() + span.getSpanId().toString())
        .toList();
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}

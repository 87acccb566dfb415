package dev.coldstart.demo.e2e;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a collector got of a service with OpenTelemetry's agent and ours, both sending to it. */
final class SharedTraces {
  private static final String OURS = "dev.coldstart";
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

  private SharedTraces() {}

  /** JVM options that make both send, for after those of {@link Neighbour#options}. */
  static List<String> options(OtlpCollector collector) {
    List<String> options = new ArrayList<>(collector.options());
    options.addAll(List.of("-Dotel.traces.exporter=otlp", "-Dotel.bsp.schedule.delay=200"));
    return options;
  }

  /** Waits until both have sent so many requests. */
  static void await(OtlpCollector collector, int requests) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (servers(collector, true).size() < requests
        || servers(collector, false).size() < requests) {
      if (System.nanoTime() - deadline > 0) {
        return;
      }
      Thread.sleep(50);
    }
  }

  /** What is not as it should be: each of our requests below their span of it, in one trace. */
  static List<String> wrong(OtlpCollector collector, RunReport run) {
    List<String> wrong = new ArrayList<>();
    List<Span> theirs = servers(collector, false);
    for (RequestReport request : run.requests()) {
      boolean below =
          theirs.stream()
              .anyMatch(
                  s ->
                      hex(s.getTraceId().toByteArray()).equals(request.traceId())
                          && hex(s.getSpanId().toByteArray()).equals(request.parentSpanId()));
      boolean sent =
          servers(collector, true).stream()
              .anyMatch(
                  s ->
                      hex(s.getTraceId().toByteArray()).equals(request.traceId())
                          && hex(s.getParentSpanId().toByteArray()).equals(request.parentSpanId()));
      if (!below || !sent) {
        wrong.add("request " + request.id() + " is not below the span of the other agent");
      }
    }
    long own =
        collector.received().stream()
            .filter(r -> !ours(r) && r.span().toString().contains("127.0.0.1:" + collector.port()))
            .count();
    if (own > 0) {
      wrong.add(own + " spans of our own exports");
    }
    return wrong;
  }

  private static List<Span> servers(OtlpCollector collector, boolean ours) {
    return collector.received().stream()
        .filter(r -> ours(r) == ours)
        .map(OtlpCollector.Received::span)
        .filter(s -> s.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
        .filter(s -> s.getName().endsWith("/chat"))
        .toList();
  }

  private static boolean ours(OtlpCollector.Received received) {
    return received.scope().startsWith(OURS);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}

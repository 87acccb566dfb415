package dev.coldstart.demo.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/** A test receiver of OTLP/HTTP that decodes with OpenTelemetry's own protocol classes. */
final class OtlpCollector implements AutoCloseable {
  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Metric> metrics = new CopyOnWriteArrayList<>();

  /** A span and the name of the instrumentation that made it. */
  record Received(String scope, Span span) {}

  OtlpCollector() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          try (InputStream in = body(exchange)) {
            for (ResourceSpans r : ExportTraceServiceRequest.parseFrom(in).getResourceSpansList()) {
              r.getScopeSpansList().forEach(this::add);
            }
          }
          exchange.sendResponseHeaders(200, -1);
        });
    server.createContext(
        "/v1/metrics",
        exchange -> {
          try (InputStream in = body(exchange)) {
            ExportMetricsServiceRequest.parseFrom(in)
                .getResourceMetricsList()
                .forEach(
                    r -> r.getScopeMetricsList().forEach(s -> metrics.addAll(s.getMetricsList())));
          }
          exchange.sendResponseHeaders(200, -1);
        });
    server.start();
  }

  private void add(ScopeSpans spans) {
    spans.getSpansList().forEach(s -> received.add(new Received(spans.getScope().getName(), s)));
  }

  /** JVM options that make an SDK, or an agent, send here. */
  List<String> options() {
    return List.of(
        "-Dotel.exporter.otlp.endpoint=http://127.0.0.1:" + port(),
        "-Dotel.exporter.otlp.protocol=http/protobuf");
  }

  int port() {
    return server.getAddress().getPort();
  }

  List<Received> received() {
    return List.copyOf(received);
  }

  List<Metric> metrics() {
    return List.copyOf(metrics);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static InputStream body(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    return zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
  }
}

package dev.coldstart.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/**
 * A test receiver of OTLP/HTTP protobuf on 127.0.0.1, decoding with OpenTelemetry's own classes.
 */
final class OtlpReceiver extends Receiver {
  static final int OK = 200;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch hang = new CountDownLatch(1);
  private final List<Metric> metrics = new ArrayList<>();
  private final List<Resource> resources = new ArrayList<>();

  /**
   * @param statuses to answer with, one after the other and then the last one; 0 never answers, 503
   *     asks for two seconds
   */
  OtlpReceiver(int... statuses) throws IOException {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), statuses);
  }

  OtlpReceiver(InetSocketAddress address, int... statuses) throws IOException {
    super(OK, statuses);
    server = HttpServer.create(address, 0);
    server.setExecutor(threads);
    server.createContext("/v1/traces", e -> answer(e, () -> traces(e)));
    server.createContext("/v1/metrics", e -> answer(e, () -> metrics(e)));
    server.start();
  }

  @Override
  InetSocketAddress address() {
    return server.getAddress();
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized List<Metric> metrics() {
    return List.copyOf(metrics);
  }

  synchronized List<Resource> resources() {
    return List.copyOf(resources);
  }

  @Override
  public void close() {
    hang.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange, Decode decode) throws IOException {
    int status = called(decode);
    if (status == 0) {
      try {
        hang.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
    if (status == 503) {
      exchange.getResponseHeaders().add("Retry-After", "2");
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private void traces(HttpExchange exchange) throws IOException {
    try (InputStream in = body(exchange)) {
      ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(in);
      for (var resource : request.getResourceSpansList()) {
        resources.add(resource.getResource());
        resource.getScopeSpansList().forEach(scope -> took(scope.getSpansList()));
      }
    }
  }

  private void metrics(HttpExchange exchange) throws IOException {
    try (InputStream in = body(exchange)) {
      ExportMetricsServiceRequest request = ExportMetricsServiceRequest.parseFrom(in);
      for (var resource : request.getResourceMetricsList()) {
        resources.add(resource.getResource());
        resource.getScopeMetricsList().forEach(scope -> metrics.addAll(scope.getMetricsList()));
      }
    }
  }

  private static InputStream body(HttpExchange exchange) throws IOException {
    boolean gzip = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    InputStream body = exchange.getRequestBody();
    return gzip ? new GZIPInputStream(body) : body;
  }
}

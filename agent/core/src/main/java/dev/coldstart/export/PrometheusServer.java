package dev.coldstart.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Metrics for a Prometheus that comes and reads them: {@code /metrics} as text, or as protobuf for
 * native histograms. Thread-safe.
 */
final class PrometheusServer implements MetricReader {
  /** Resource attributes that are labels of every metric, so that dashboards can group by them. */
  private static final Predicate<String> LABELS =
      Set.of("service.name", "service.version", "service.namespace")::contains;

  private static final int THREADS = 2;

  private final PrometheusMetricReader metrics =
      PrometheusMetricReader.builder().setAllowedResourceAttributesFilter(LABELS).build();
  private final ExpositionFormats text = ExpositionFormats.init();
  private final boolean exponential;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, PrometheusServer::thread);
  private final HttpServer server;

  /**
   * Listens.
   *
   * @param exponential whether histograms are exponential ones (native in Prometheus' words)
   */
  PrometheusServer(String host, int port, boolean exponential) throws IOException {
    this.exponential = exponential;
    server = HttpServer.create(new InetSocketAddress(host, port), 0);
    server.setExecutor(threads);
    server.createContext("/metrics", this::answer);
    try {
      // The server's own thread is a daemon when one has started it.
      threads.submit(server::start).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void register(CollectionRegistration registration) {
    metrics.register(registration);
  }

  @Override
  public Aggregation getDefaultAggregation(InstrumentType instrument) {
    return exponential && instrument == InstrumentType.HISTOGRAM
        ? Aggregation.base2ExponentialBucketHistogram()
        : Aggregation.defaultAggregation();
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
    return metrics.getAggregationTemporality(instrument);
  }

  @Override
  public CompletableResultCode forceFlush() {
    return metrics.forceFlush();
  }

  @Override
  public CompletableResultCode shutdown() {
    server.stop(0);
    threads.shutdownNow();
    return metrics.shutdown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String accept = exchange.getRequestHeaders().getFirst("Accept");
      MetricSnapshots all = metrics.collect();
      ByteArrayOutputStream body = new ByteArrayOutputStream(32 * 1024);
      String type;
      if (accept != null && accept.contains(PrometheusProtobuf.ACCEPTED)) {
        type = PrometheusProtobuf.CONTENT_TYPE;
        PrometheusProtobuf.write(body, all);
      } else {
        ExpositionFormatWriter writer = text.findWriter(accept);
        type = writer.getContentType();
        writer.write(body, all);
      }
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(200, body.size());
      body.writeTo(exchange.getResponseBody());
    }
  }

  /** By its class loader the hooks of servers know that this is no server of the application. */
  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "coldstart-prometheus", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(PrometheusServer.class.getClassLoader());
    return thread;
  }
}

package dev.coldstart.export;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.exporter.prometheus.PrometheusMetricReader;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.internal.ConfigurableMetricReaderProvider;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Where the SDK finds its parts: by service files, but for the sender over HTTP and the server for
 * Prometheus. Thread-safe.
 */
final class OtlpParts implements ComponentLoader {
  private static final int PROMETHEUS_PORT = 9464;

  private final ComponentLoader byServiceFile;
  private final BiConsumer<String, Throwable> problems;
  private volatile long pauseUntilNanos = System.nanoTime();

  /**
   * @param problems takes what went wrong, and why
   */
  OtlpParts(ClassLoader loader, BiConsumer<String, Throwable> problems) {
    this.problems = problems;
    byServiceFile = ComponentLoader.forClassLoader(loader);
  }

  @Override
  public <T> Iterable<T> load(Class<T> type) {
    if (type == HttpSenderProvider.class) {
      return List.of(type.cast(new Sender()));
    }
    if (type == ConfigurableMetricReaderProvider.class) {
      return List.of(type.cast(new Prometheus()));
    }
    return byServiceFile.load(type);
  }

  /** Until when a collector asked to be left alone, {@link System#nanoTime()}. */
  long pauseUntilNanos() {
    return pauseUntilNanos;
  }

  private void pause(long seconds) {
    pauseUntilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
  }

  private final class Sender implements HttpSenderProvider {
    @Override
    public OtlpHttpSender createSender(HttpSenderConfig config) {
      return new OtlpHttpSender(config, OtlpParts.this::pause);
    }
  }

  private final class Prometheus implements ConfigurableMetricReaderProvider {
    @Override
    public MetricReader createMetricReader(ConfigProperties config) {
      String host = config.getString("otel.exporter.prometheus.host", "127.0.0.1");
      int port = config.getInt("otel.exporter.prometheus.port", PROMETHEUS_PORT);
      String histograms =
          config.getString("otel.exporter.otlp.metrics.default.histogram.aggregation", "");
      try {
        return new PrometheusServer(
            host, port, histograms.equalsIgnoreCase("base2_exponential_bucket_histogram"));
      } catch (IOException | RuntimeException e) {
        problems.accept("cannot listen for Prometheus on " + host + " port " + port, e);
        // The rest of the configuration may still work.
        return PrometheusMetricReader.create();
      }
    }

    @Override
    public String getName() {
      return "prometheus";
    }
  }
}

package dev.coldstart.export;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Turns what our OpenTelemetry SDK logs into one line at most. Loggers are shared by the whole JVM
 * under the names of their classes, and the application may run an SDK of its own: so only records
 * of threads that run our copy of the SDK are taken.
 */
final class OtlpQuiet {
  private static final List<String> LOGGERS =
      List.of(
          "io.opentelemetry.common.impl.ApiUsageLogger",
          "io.opentelemetry.exporter.internal.SenderUtil",
          "io.opentelemetry.exporter.otlp.internal.GrpcExporter",
          "io.opentelemetry.exporter.otlp.internal.GrpcExporterBuilder",
          "io.opentelemetry.exporter.otlp.internal.GrpcExporterUtil",
          "io.opentelemetry.exporter.otlp.internal.HttpExporter",
          "io.opentelemetry.exporter.otlp.internal.HttpExporterBuilder",
          "io.opentelemetry.exporter.otlp.internal.OtlpConfigUtil",
          "io.opentelemetry.exporter.sender.okhttp.internal.OkHttpGrpcSender",
          "io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder",
          "io.opentelemetry.sdk.metrics.SdkDoubleHistogram",
          "io.opentelemetry.sdk.metrics.SdkMeter",
          "io.opentelemetry.sdk.metrics.SdkMeterProvider",
          "io.opentelemetry.sdk.metrics.export.PeriodicMetricReader",
          "io.opentelemetry.sdk.metrics.internal.state.DefaultSynchronousMetricStorage",
          "io.opentelemetry.sdk.metrics.internal.state.MetricStorageRegistry",
          "io.opentelemetry.sdk.trace.SdkSpan",
          "io.opentelemetry.sdk.trace.SdkTracerProvider",
          "io.opentelemetry.sdk.trace.export.BatchSpanProcessor");

  private final ClassLoader ours;
  private final Consumer<String> warnings;
  private final AtomicBoolean told = new AtomicBoolean();

  /** Kept, because the log manager holds loggers weakly and would forget the filters. */
  private final List<Logger> loggers;

  OtlpQuiet(ClassLoader ours, Consumer<String> warnings) {
    this.ours = ours;
    this.warnings = warnings;
    this.loggers = LOGGERS.stream().map(Logger::getLogger).toList();
    for (Logger logger : loggers) {
      Filter previous = logger.getFilter();
      logger.setFilter(record -> foreign(record) && isLoggable(previous, record));
    }
  }

  /** Says it unless something was said before. */
  void tell(String problem, Throwable cause) {
    if (told.compareAndSet(false, true)) {
      String line = problem.lines().findFirst().orElse("unknown error");
      warnings.accept(
          "OTLP export failed: "
              + (line.length() <= 200 ? line : line.substring(0, 200) + "...")
              + reason(cause)
              + " (check OTEL_EXPORTER_OTLP_ENDPOINT, or set otel=off; said once)");
    }
  }

  private boolean foreign(LogRecord record) {
    if (!runsOurCopy(Thread.currentThread())) {
      return true;
    }
    if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
      tell(String.valueOf(record.getMessage()), record.getThrown());
    }
    return false;
  }

  /** The SDK clears the context class loader of its threads and sets a handler of its own class. */
  private boolean runsOurCopy(Thread thread) {
    return thread.getContextClassLoader() == ours
        || thread.getUncaughtExceptionHandler().getClass().getClassLoader() == ours;
  }

  /** The first cause that is no wrapper, by its type: messages may hold addresses and tokens. */
  private static String reason(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; i < 8 && cause instanceof RuntimeException && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    return cause == null ? "" : " [" + cause.getClass().getSimpleName() + "]";
  }

  private static boolean isLoggable(Filter filter, LogRecord record) {
    return filter == null || filter.isLoggable(record);
  }
}

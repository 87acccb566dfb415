package dev.coldstart.export;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Traces and metrics over OTLP/HTTP through an OpenTelemetry SDK of our own: configured by the
 * standard {@code OTEL_*} variables, never registered as the global one. Requests other than warm
 * ones are traced always, warm ones when the report keeps them and the configured sampler agrees.
 * Made by {@link OtlpSettings#exporter}. Not thread-safe.
 */
final class Otlp implements Exporter {
  /** Longest wait for a collector at the end of the process, ns; keeps the whole below 200 ms. */
  static final long MAX_CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(180);

  private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
  private static final AttributeKey<String> INSTANCE_ID =
      AttributeKey.stringKey("service.instance.id");
  private static final String SCOPE = "dev.coldstart";
  private static final int MAX_FLUSHES = 20;
  private static final long FLUSH_PAUSE_NANOS = 2_000_000;

  private final ClassLoader loader = Otlp.class.getClassLoader();
  private final OtlpIds ids = new OtlpIds();
  private final OtlpQuiet quiet;

  private final AtomicLong exportedSpans = new AtomicLong();

  /** Null when the configuration was refused; then nothing is exported. */
  private final OpenTelemetrySdk sdk;

  private OtlpTraces traces;
  private OtlpMetrics metrics;
  private OtlpProcessMetrics processMetrics;
  private RunReport unsentStartup;
  private SpanContext firstRequest = SpanContext.getInvalid();
  private boolean startupSent;

  /** Whether the first requests have got their kinds: the start-up is final then. */
  private boolean decided;

  /**
   * Takes 0.6 s or more of CPU time when nothing of it is loaded yet; sends nothing.
   *
   * @param extra {@code otel.*} properties, where the environment does not set them
   */
  Otlp(
      OtlpSettings settings,
      String service,
      String version,
      Map<String, String> extra,
      Consumer<String> warnings) {
    quiet = new OtlpQuiet(loader, warnings);
    OpenTelemetrySdk[] built = new OpenTelemetrySdk[1];
    inOurLoader(
        () -> {
          try {
            built[0] = build(settings, service, extra);
          } catch (RuntimeException | LinkageError e) {
            quiet.tell(String.valueOf(e.getMessage()), e);
          }
        });
    sdk = built[0];
    if (sdk != null) {
      boolean latest = settings.latestGenAi();
      traces =
          new OtlpTraces(
              sdk.getTracerProvider()
                  .tracerBuilder(SCOPE)
                  .setInstrumentationVersion(version)
                  .build(),
              ids,
              latest);
      Meter meter =
          sdk.getMeterProvider().meterBuilder(SCOPE).setInstrumentationVersion(version).build();
      metrics = new OtlpMetrics(meter, latest);
      processMetrics = new OtlpProcessMetrics(meter, () -> 0);
    }
  }

  @Override
  public void request(RequestReport request, boolean kept) {
    if (sdk != null) {
      inOurLoader(() -> send(request, kept));
    }
  }

  @Override
  public void report(RunReport report) {
    if (sdk == null) {
      return;
    }
    processMetrics.report(report, decided || noRequestYet(report));
    if (startupSent) {
      return;
    }
    unsentStartup = report;
    if (!report.requests().isEmpty()) {
      inOurLoader(this::sendStartup);
    }
  }

  /** Waits less than 200 ms and then leaves the rest to threads the JVM does not wait for. */
  @Override
  public void close(long budgetNanos) {
    closeWithin(Math.min(budgetNanos, MAX_CLOSE_NANOS));
  }

  /** Returns whether everything had been handed to the collector by then. */
  boolean closeWithin(long nanos) {
    if (sdk == null) {
      return false;
    }
    long deadline = System.nanoTime() + nanos;
    // The SDK's own shutdown waits seconds for a collector that does not answer.
    Thread closer = new Thread(this::drainAndShutDown, "coldstart-otlp-close");
    closer.setDaemon(true);
    inOurLoader(
        () -> {
          sendStartup();
          closer.setContextClassLoader(loader);
          closer.start();
          join(closer, deadline - System.nanoTime());
        });
    return !closer.isAlive() && exportedSpans.get() >= traces.spans();
  }

  /**
   * The SDK merges a flush into one that already runs, and its shutdown then drops what was queued
   * meanwhile: so flush until everything has left the queue.
   */
  private void drainAndShutDown() {
    for (int i = 0; i < MAX_FLUSHES && exportedSpans.get() < traces.spans(); i++) {
      sdk.getSdkTracerProvider().forceFlush().join(1, TimeUnit.SECONDS);
      // A flush is told to be over slightly before the next one can begin.
      LockSupport.parkNanos(FLUSH_PAUSE_NANOS);
    }
    sdk.close();
  }

  private void send(RequestReport request, boolean kept) {
    boolean warm = request.kind().equals("warm");
    Context context = Context.root();
    if (!warm || kept) {
      context = traces.request(request);
      SpanContext root = io.opentelemetry.api.trace.Span.fromContext(context).getSpanContext();
      firstRequest = firstRequest.isValid() ? firstRequest : root;
    }
    metrics.record(request, context);
    processMetrics.request(request);
    decided = true;
    if (!warm) {
      // Do not wait for the schedule: the process may be killed.
      sdk.getSdkTracerProvider().forceFlush();
      sdk.getSdkMeterProvider().forceFlush();
    }
  }

  /** An idle service: ready, and only later requests can add to its report. */
  private static boolean noRequestYet(RunReport report) {
    return report.requests().isEmpty() && report.startup().readyNanos() != null;
  }

  private void sendStartup() {
    if (startupSent || unsentStartup == null) {
      return;
    }
    startupSent = true;
    long epoch = TimeUnit.MILLISECONDS.toNanos(unsentStartup.jvm().startEpochMillis());
    traces.startup(unsentStartup.startup(), epoch, firstRequest);
    unsentStartup = null;
    sdk.getSdkTracerProvider().forceFlush();
  }

  private OpenTelemetrySdk build(OtlpSettings settings, String service, Map<String, String> extra) {
    return AutoConfiguredOpenTelemetrySdk.builder()
        .setServiceClassLoader(loader)
        .disableShutdownHook()
        .addPropertiesSupplier(OtlpSettings::defaults)
        .addPropertiesSupplier(() -> extra)
        .addPropertiesCustomizer(config -> settings.overrides())
        .addSpanExporterCustomizer((exporter, config) -> new OtlpCounter(exporter, exportedSpans))
        .addTracerProviderCustomizer((provider, config) -> provider.setIdGenerator(ids))
        .addMeterProviderCustomizer((provider, config) -> withoutTheSdks(provider))
        .addSamplerCustomizer((sampler, config) -> new OtlpSampler(sampler))
        .addResourceCustomizer((resource, config) -> named(resource, service))
        .build()
        .getOpenTelemetrySdk();
  }

  /** What the SDK tells about itself would mix with the application's own. */
  private static SdkMeterProviderBuilder withoutTheSdks(SdkMeterProviderBuilder provider) {
    for (String name : List.of("queueSize", "processedSpans", "otlp.exporter.*", "otel.sdk.*")) {
      provider.registerView(
          InstrumentSelector.builder().setName(name).build(),
          View.builder().setAggregation(Aggregation.drop()).build());
    }
    return provider;
  }

  private static Resource named(Resource resource, String service) {
    String name = resource.getAttribute(SERVICE_NAME);
    var attributes = Attributes.builder();
    if (name == null || name.startsWith("unknown_service")) {
      attributes.put(SERVICE_NAME, service);
    }
    if (resource.getAttribute(INSTANCE_ID) == null) {
      attributes.put(INSTANCE_ID, UUID.randomUUID().toString());
    }
    return resource.merge(Resource.create(attributes.build()));
  }

  /** The SDK finds its parts by service files, and its threads inherit the loader. */
  private void inOurLoader(Runnable action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      action.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void join(Thread thread, long nanos) {
    try {
      TimeUnit.NANOSECONDS.timedJoin(thread, nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.coldstart.export;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.StartKind;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.Aggregation;
import io.opentelemetry.sdk.metrics.InstrumentSelector;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.View;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Traces and metrics through an OpenTelemetry SDK of our own: configured by the standard {@code
 * OTEL_*} variables, never registered as the global one. Requests other than warm ones are traced
 * always, warm ones when the report keeps them and the configured sampler agrees. Made by {@link
 * OtlpSettings#exporter}. Not thread-safe.
 */
final class Otlp implements Exporter {
  /** Longest wait for a collector at the end of the process, ns; keeps the whole below 200 ms. */
  static final long MAX_CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(180);

  private static final long STUCK_CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final AttributeKey<String> SERVICE_NAME = AttributeKey.stringKey("service.name");
  private static final AttributeKey<String> INSTANCE_ID =
      AttributeKey.stringKey("service.instance.id");
  private static final String SCOPE = "dev.coldstart";

  private final ClassLoader loader = Otlp.class.getClassLoader();
  private final OtlpParts parts;
  private final OtlpIds ids = new OtlpIds();
  private final OtlpSpans spans = new OtlpSpans();
  private final List<OtlpOutbox> outboxes = new ArrayList<>();
  private final OtlpQuiet quiet;
  private final int maxAttempts;
  private final IntConsumer unsent;
  private final AtomicBoolean unsentTold = new AtomicBoolean();

  /** Null when the configuration was refused; then nothing is exported. */
  private final OpenTelemetrySdk sdk;

  private OtlpSampler sampler;
  private OtlpTraces traces;
  private OtlpMetrics metrics;
  private OtlpEstimates estimates;
  private OtlpProcessMetrics processMetrics;

  /** Finished since the last report and kept by it, by number. */
  private final Map<Integer, RequestReport> fresh = new ConcurrentSkipListMap<>();

  private RunReport latest;
  private volatile boolean startupSent;

  /** Not warm, and yet not kept by the report; read by threads of the SDK. */
  private final AtomicInteger notKept = new AtomicInteger();

  /** Whether the first requests have got their kinds: the start-up is final then. */
  private volatile boolean decided;

  /**
   * Takes 0.6 s or more of CPU time when nothing of it is loaded yet; sends nothing.
   *
   * @param extra {@code otel.*} properties, where the environment does not set them
   * @param maxAttempts for each trace
   * @param unsent takes how many traces the collector did not get, at the end and when there are
   *     any
   */
  Otlp(
      OtlpSettings settings,
      String service,
      String version,
      Map<String, String> extra,
      int maxAttempts,
      Consumer<String> warnings,
      IntConsumer unsent) {
    this.maxAttempts = maxAttempts;
    this.unsent = unsent;
    quiet = new OtlpQuiet(loader, warnings);
    parts = new OtlpParts(loader, quiet::tell);
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
      boolean latestGenAi = settings.latestGenAi();
      Tracer tracer =
          sdk.getTracerProvider().tracerBuilder(SCOPE).setInstrumentationVersion(version).build();
      traces = new OtlpTraces(tracer, ids, spans, new OtlpAttributes(latestGenAi));
      Meter meter =
          sdk.getMeterProvider().meterBuilder(SCOPE).setInstrumentationVersion(version).build();
      metrics = new OtlpMetrics(meter, latestGenAi);
      estimates = new OtlpEstimates(meter);
      processMetrics = new OtlpProcessMetrics(meter, () -> notKept.get() + lost());
    }
  }

  @Override
  public void request(RequestReport request, boolean kept) {
    if (sdk == null) {
      return;
    }
    decided = true;
    processMetrics.request(request);
    if (kept) {
      fresh.put(request.id(), request);
    } else {
      metrics.record(request, Context.root());
      if (!StartKind.WARM.is(request)) {
        notKept.incrementAndGet();
      }
    }
  }

  @Override
  public void report(RunReport report) {
    if (sdk == null) {
      return;
    }
    latest = report;
    inOurLoader(
        () -> {
          processMetrics.report(report, decided || noRequestYet(report));
          sendFresh(report);
          estimates.report(report, request -> context(StableIds.of(report), request));
          if (decided) {
            sendStartup();
          }
        });
  }

  /** Waits less than 200 ms and then leaves the rest to threads the JVM does not wait for. */
  @Override
  public void close(long budgetNanos) {
    if (sdk != null && !closeWithin(Math.min(budgetNanos, MAX_CLOSE_NANOS))) {
      outOfTime();
    }
  }

  @Override
  public void outOfTime() {
    int count = lost() + fresh.size() + (decided && !startupSent ? 1 : 0);
    for (OtlpOutbox outbox : outboxes) {
      count += outbox.waiting();
    }
    if (count > 0 && !unsentTold.getAndSet(true)) {
      unsent.accept(count);
    }
  }

  /** Returns whether the collector had got everything by then. */
  boolean closeWithin(long nanos) {
    if (sdk == null) {
      return false;
    }
    // With a collector that takes everything and answers nothing all waiting is in vain.
    boolean stuck = outboxes.stream().anyMatch(OtlpOutbox::isStuck);
    long deadline = System.nanoTime() + (stuck ? Math.min(nanos, STUCK_CLOSE_NANOS) : nanos);
    // The SDK's own shutdown waits seconds for a collector that does not answer.
    Thread closer = new Thread(() -> sdk.getSdkMeterProvider().close(), "coldstart-otlp-close");
    closer.setDaemon(true);
    boolean[] sent = {true};
    inOurLoader(
        () -> {
          if (latest != null) {
            sendStartup();
          }
          closer.setContextClassLoader(loader);
          closer.start();
          outboxes.forEach(OtlpOutbox::close);
          try {
            for (OtlpOutbox outbox : outboxes) {
              outbox.await(deadline);
              sent[0] &= outbox.waiting() == 0 && outbox.lost() == 0;
            }
            TimeUnit.NANOSECONDS.timedJoin(closer, deadline - System.nanoTime());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return sent[0] && !closer.isAlive();
  }

  private int lost() {
    int lost = 0;
    for (OtlpOutbox outbox : outboxes) {
      lost += outbox.lost();
    }
    return lost;
  }

  private void sendFresh(RunReport report) {
    Map<Integer, RequestReport> shown = new HashMap<>();
    report.requests().forEach(request -> shown.put(request.id(), request));
    StableIds stable = StableIds.of(report);
    boolean urgent = false;
    for (RequestReport request : fresh.values()) {
      Context context = context(stable, request);
      metrics.record(request, context);
      estimates.request(request);
      if (Span.fromContext(context).getSpanContext().isSampled()) {
        RequestReport whole = shown.getOrDefault(request.id(), request);
        outboxes.forEach(outbox -> outbox.add(() -> traces.request(report, whole)));
      }
      urgent |= !StartKind.WARM.is(request);
    }
    fresh.clear();
    if (urgent) {
      // Do not wait for the schedule: the process may be killed.
      sdk.getSdkMeterProvider().forceFlush();
    }
  }

  private void sendStartup() {
    if (startupSent) {
      return;
    }
    startupSent = true;
    RunReport report = latest;
    RequestReport first = report.requests().isEmpty() ? null : report.requests().get(0);
    outboxes.forEach(outbox -> outbox.add(() -> traces.startup(report, first)));
  }

  /** Holds the request's first span when it is to be sent, else is the root context. */
  private Context context(StableIds ids, RequestReport request) {
    if (sampler == null || !sampler.samples(request, ids.traceOf(request))) {
      return Context.root();
    }
    SpanContext root =
        SpanContext.create(
            ids.traceOf(request),
            ids.rootOf(request),
            TraceFlags.getSampled(),
            TraceState.getDefault());
    return Context.root().with(Span.wrap(root));
  }

  /** An idle service: ready, and only later requests can add to its report. */
  private static boolean noRequestYet(RunReport report) {
    return report.requests().isEmpty() && report.startup().readyNanos() != null;
  }

  private OpenTelemetrySdk build(OtlpSettings settings, String service, Map<String, String> extra) {
    return AutoConfiguredOpenTelemetrySdk.builder()
        .setComponentLoader(parts)
        .disableShutdownHook()
        .addPropertiesSupplier(OtlpSettings::defaults)
        .addPropertiesSupplier(() -> extra)
        .addPropertiesCustomizer(config -> settings.overrides())
        .addSpanExporterCustomizer((exporter, config) -> throughOutbox(exporter))
        .addSpanProcessorCustomizer((processor, config) -> instead(processor))
        .addTracerProviderCustomizer(
            (provider, config) -> provider.setIdGenerator(ids).addSpanProcessor(spans))
        .addMeterProviderCustomizer((provider, config) -> withoutTheSdks(provider))
        .addSamplerCustomizer((configured, config) -> alwaysOn(configured))
        .addResourceCustomizer((resource, config) -> named(resource, service))
        .build()
        .getOpenTelemetrySdk();
  }

  /** The SDK would send once and forget. */
  private SpanExporter throughOutbox(SpanExporter exporter) {
    outboxes.add(
        new OtlpOutbox(
            exporter,
            parts::pauseUntilNanos,
            maxAttempts,
            failure -> quiet.tell("a trace could not be made", failure)));
    return SpanExporter.composite();
  }

  private static SpanProcessor instead(SpanProcessor processor) {
    processor.shutdown();
    return SpanProcessor.composite();
  }

  private Sampler alwaysOn(Sampler configured) {
    sampler = new OtlpSampler(configured);
    return Sampler.alwaysOn();
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
}

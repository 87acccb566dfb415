package dev.coldstart.it.app;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application that traces and counts its own work, with an SDK it made itself. */
public final class OwnTelemetryApp implements Scenes.App {
  private final List<SpanData> exported = new CopyOnWriteArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  @Override
  public void prepare(Scenes scenes, String[] args) {
    SdkTracerProvider tracers =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(new Kept()))
            .build();
    OpenTelemetrySdk.builder().setTracerProvider(tracers).buildAndRegisterGlobal();
    Metrics.addRegistry(meters);
    scenes.add("/work", out -> out.write(work()));
    scenes.add("/told", out -> out.write(told()));
  }

  /** Validates inside a span of its own. */
  private static String work() {
    Span span = GlobalOpenTelemetry.getTracer("app").spanBuilder("own work").startSpan();
    try (Scope scope = span.makeCurrent()) {
      Metrics.counter("own.work").increment();
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema("{\"type\":\"object\",\"required\":[\"id\"]}");
      boolean same = Span.current() == span;
      return schema.validate("{}", InputFormat.JSON).size() + " violation, own span: " + same;
    } finally {
      span.end();
    }
  }

  /** All that its SDK and its registry hold. */
  private String told() {
    StringBuilder told = new StringBuilder();
    for (SpanData span : exported) {
      told.append(span.getInstrumentationScopeInfo().getName()).append(' ').append(span.getName());
      told.append(' ').append(span.getAttributes()).append(span.getLinks()).append('\n');
    }
    for (Meter meter : meters.getMeters()) {
      told.append(meter.getId()).append(' ').append(meter.measure()).append('\n');
    }
    return told.append(Span.current().getSpanContext().isValid()).toString();
  }

  private final class Kept implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      exported.addAll(spans);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}

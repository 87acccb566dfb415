package dev.coldstart.export;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the spans handed to the exporter, so that the end knows whether any are still queued. */
final class OtlpCounter implements SpanExporter {
  private final SpanExporter exporter;
  private final AtomicLong spans;

  OtlpCounter(SpanExporter exporter, AtomicLong spans) {
    this.exporter = exporter;
    this.spans = spans;
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> batch) {
    spans.addAndGet(batch.size());
    return exporter.export(batch);
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }
}

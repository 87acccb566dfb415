package dev.coldstart.export;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.StartKind;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;

/** Never drops a cold trace; warm ones go by the sampler the user configured. */
final class OtlpSampler {
  private final Sampler configured;

  OtlpSampler(Sampler configured) {
    this.configured = configured;
  }

  boolean samples(RequestReport request, String traceId) {
    return !StartKind.WARM.is(request)
        || configured
            .shouldSample(
                parent(request),
                traceId,
                OtlpTraces.name(request),
                SpanKind.SERVER,
                Attributes.of(OtlpTraces.KIND, request.kind()),
                List.of())
            .getDecision()
            .equals(SamplingDecision.RECORD_AND_SAMPLE);
  }

  /** The span of the caller, or the root context. Whether it was sampled is not in the report. */
  static Context parent(RequestReport request) {
    if (request.parentSpanId() == null) {
      return Context.root();
    }
    SpanContext parent =
        SpanContext.createFromRemoteParent(
            request.traceId(),
            request.parentSpanId(),
            TraceFlags.getSampled(),
            TraceState.getDefault());
    return parent.isValid() ? Context.root().with(Span.wrap(parent)) : Context.root();
  }
}

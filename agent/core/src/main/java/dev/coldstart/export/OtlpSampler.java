package dev.coldstart.export;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;

/** Never drops a cold trace; warm ones go by the sampler the user configured. */
final class OtlpSampler implements Sampler {
  private final Sampler configured;

  OtlpSampler(Sampler configured) {
    this.configured = configured;
  }

  @Override
  public SamplingResult shouldSample(
      Context parent,
      String traceId,
      String name,
      SpanKind kind,
      Attributes attributes,
      List<LinkData> links) {
    SpanContext above = io.opentelemetry.api.trace.Span.fromContext(parent).getSpanContext();
    if (above.isValid() && !above.isRemote()) {
      return above.isSampled() ? SamplingResult.recordAndSample() : SamplingResult.drop();
    }
    return "warm".equals(attributes.get(OtlpTraces.KIND))
        ? configured.shouldSample(parent, traceId, name, kind, attributes, links)
        : SamplingResult.recordAndSample();
  }

  @Override
  public String getDescription() {
    return "ColdstartSampler{" + configured.getDescription() + '}';
  }
}

package dev.coldstart.export;

import dev.coldstart.phase.Phase;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Histograms in seconds over all requests; attributes are the phase and the start kind, no ids. */
final class OtlpMetrics {
  /** Bucket bounds in s, those of MCP's conventions: a cold start reaches minutes. */
  static final List<Double> BOUNDS =
      List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0);

  /** Bucket bounds in s that the GenAI conventions ask for. */
  private static final List<Double> GEN_AI_BOUNDS =
      List.of(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

  private static final AttributeKey<String> PHASE = AttributeKey.stringKey("coldstart.phase");
  private static final AttributeKey<String> KIND = AttributeKey.stringKey("coldstart.kind");
  private static final int MAX_PHASES = 64;
  private static final int MAX_MODELS = 32;

  private final DoubleHistogram request;
  private final DoubleHistogram phase;
  private final DoubleHistogram firstToken;

  /** Null with the old GenAI names, which have no such metric on the client side. */
  private final DoubleHistogram firstChunk;

  private final Set<String> phases = new HashSet<>();
  private final Set<String> models = new HashSet<>();

  OtlpMetrics(Meter meter, boolean latestGenAi) {
    request =
        histogram(meter, "coldstart.request.duration", "Window of a request by start kind", BOUNDS);
    phase =
        histogram(
            meter,
            "coldstart.phase.duration",
            "Exclusive time of a phase in a request; sums with unattributed to the request's",
            BOUNDS);
    firstToken =
        histogram(
            meter,
            "coldstart.time_to_first_token",
            "Start of a request to the first content token of any model call",
            BOUNDS);
    firstChunk =
        latestGenAi
            ? histogram(
                meter,
                "gen_ai.client.operation.time_to_first_chunk",
                "Time to the first content token of a streamed model call",
                GEN_AI_BOUNDS)
            : null;
  }

  /**
   * @param context holds the request's span for exemplars, or is the root context
   */
  void record(RequestReport report, Context context) {
    Attributes kind = Attributes.of(KIND, report.kind());
    request.record(OtlpTraces.seconds(report.wallNanos()), kind, context);
    if (report.ttftNanos() != null) {
      firstToken.record(OtlpTraces.seconds(report.ttftNanos()), kind, context);
    }
    for (PhaseTime time : report.phases()) {
      phase(bounded(phases, time.phase(), MAX_PHASES), report, time.exclusiveNanos(), context);
    }
    phase(Phase.UNATTRIBUTED, report, report.unattributedNanos(), context);
    if (firstChunk != null) {
      report.llm().forEach(call -> firstChunk(call, context));
    }
  }

  private void phase(String name, RequestReport report, long nanos, Context context) {
    Attributes attributes = Attributes.of(PHASE, name, KIND, report.kind());
    phase.record(OtlpTraces.seconds(nanos), attributes, context);
  }

  private void firstChunk(LlmCall call, Context context) {
    if (!call.streaming() || call.ttftNanos() == null) {
      return;
    }
    AttributesBuilder attributes = Attributes.builder();
    attributes.put("gen_ai.operation.name", "chat");
    attributes.put("gen_ai.provider.name", call.system());
    if (call.model() != null) {
      attributes.put("gen_ai.request.model", bounded(models, call.model(), MAX_MODELS));
    }
    firstChunk.record(OtlpTraces.seconds(call.ttftNanos()), attributes.build(), context);
  }

  private static String bounded(Set<String> seen, String name, int max) {
    if (seen.size() < max) {
      seen.add(name);
    }
    return seen.contains(name) ? name : KindHistograms.OTHER;
  }

  private static DoubleHistogram histogram(
      Meter meter, String name, String description, List<Double> bounds) {
    return meter
        .histogramBuilder(name)
        .setUnit("s")
        .setDescription(description)
        .setExplicitBucketBoundariesAdvice(bounds)
        .build();
  }
}

package dev.coldstart.export;

import dev.coldstart.phase.Phase;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;

/**
 * Metrics of all requests, in seconds. Attributes are few names, no ids; names that a user or a
 * model provider chooses are bounded. Not thread-safe.
 */
final class OtlpMetrics {
  private static final int MAX_PHASES = 64;
  private static final int MAX_MODELS = 32;
  private static final int MAX_SYSTEMS = 32;
  private static final int MAX_ERRORS = 32;

  private static final AttributeKey<String> PHASE = key(OtlpInstrument.PHASE);
  private static final AttributeKey<String> KIND = key(OtlpInstrument.KIND);
  private static final AttributeKey<String> ERROR = key(OtlpInstrument.ERROR);
  private static final AttributeKey<String> PROMPT_CACHE = key(OtlpInstrument.PROMPT_CACHE);
  private static final AttributeKey<String> MODEL = key(OtlpInstrument.MODEL);
  private static final AttributeKey<String> OPERATION = key(OtlpInstrument.OPERATION);
  private static final AttributeKey<String> PROVIDER = key(OtlpInstrument.PROVIDER);

  private final DoubleHistogram request;
  private final DoubleHistogram phase;
  private final DoubleHistogram firstToken;
  private final LongCounter requests;
  private final LongCounter promptCache;

  /** Null with the old GenAI names, which have no such metric on the client side. */
  private final DoubleHistogram firstChunk;

  private final BoundedNames phases = new BoundedNames(MAX_PHASES);
  private final BoundedNames models = new BoundedNames(MAX_MODELS);
  private final BoundedNames systems = new BoundedNames(MAX_SYSTEMS);
  private final BoundedNames errors = new BoundedNames(MAX_ERRORS);

  OtlpMetrics(Meter meter, boolean latestGenAi) {
    request = histogram(meter, OtlpInstrument.REQUEST_DURATION);
    phase = histogram(meter, OtlpInstrument.PHASE_DURATION);
    firstToken = histogram(meter, OtlpInstrument.TIME_TO_FIRST_TOKEN);
    requests = counter(meter, OtlpInstrument.REQUESTS);
    promptCache = counter(meter, OtlpInstrument.PROMPT_CACHE_CALLS);
    firstChunk = latestGenAi ? histogram(meter, OtlpInstrument.TIME_TO_FIRST_CHUNK) : null;
  }

  /**
   * @param context holds the request's span for exemplars, or is the root context
   */
  void record(RequestReport report, Context context) {
    Attributes kind = Attributes.of(KIND, report.kind());
    requests.add(1, report.failed() ? failed(kind, report.error()) : kind, context);
    request.record(OtlpTraces.seconds(report.wallNanos()), kind, context);
    if (report.ttftNanos() != null) {
      firstToken.record(OtlpTraces.seconds(report.ttftNanos()), kind, context);
    }
    for (PhaseTime time : report.phases()) {
      phase(phases.bound(time.phase()), report, time.exclusiveNanos(), context);
    }
    phase(Phase.UNATTRIBUTED, report, report.unattributedNanos(), context);
    for (LlmCall call : report.llm()) {
      call(call, context);
    }
  }

  private Attributes failed(Attributes kind, String error) {
    String type = error == null ? BoundedNames.OTHER : errors.bound(error);
    boolean known = !type.equals(BoundedNames.OTHER);
    return kind.toBuilder().put(ERROR, known ? type : OtlpAttributes.UNKNOWN_ERROR).build();
  }

  private void phase(String name, RequestReport report, long nanos, Context context) {
    Attributes attributes = Attributes.of(PHASE, name, KIND, report.kind());
    phase.record(OtlpTraces.seconds(nanos), attributes, context);
  }

  private void call(LlmCall call, Context context) {
    AttributesBuilder attributes = Attributes.builder();
    if (call.model() != null) {
      attributes.put(MODEL, models.bound(call.model()));
    }
    Attributes model = attributes.build();
    promptCache.add(1, model.toBuilder().put(PROMPT_CACHE, call.promptCache()).build(), context);
    if (firstChunk != null && call.streaming() && call.ttftNanos() != null) {
      attributes.put(OPERATION, "chat").put(PROVIDER, systems.bound(call.system()));
      firstChunk.record(OtlpTraces.seconds(call.ttftNanos()), attributes.build(), context);
    }
  }

  static AttributeKey<String> key(String name) {
    return AttributeKey.stringKey(name);
  }

  static DoubleHistogram histogram(Meter meter, OtlpInstrument instrument) {
    return meter
        .histogramBuilder(instrument.metric)
        .setUnit(instrument.unit)
        .setDescription(instrument.description)
        .setExplicitBucketBoundariesAdvice(instrument.bounds())
        .build();
  }

  private static LongCounter counter(Meter meter, OtlpInstrument instrument) {
    return meter
        .counterBuilder(instrument.metric)
        .setUnit(instrument.unit)
        .setDescription(instrument.description)
        .build();
  }
}

package dev.coldstart.export;

import java.util.List;

/**
 * Every metric the agent exports: {@code agent/docs/metrics.md} is made of this. Refers to no
 * OpenTelemetry class.
 */
enum OtlpInstrument {
  REQUEST_DURATION(
      "coldstart.request.duration",
      Form.HISTOGRAM,
      "s",
      "Window of a request",
      "one value per request",
      OtlpInstrument.KIND),
  PHASE_DURATION(
      "coldstart.phase.duration",
      Form.HISTOGRAM,
      "s",
      "Exclusive time of a phase in a request; sums with unattributed to the request's",
      "one value per request and phase it had",
      OtlpInstrument.PHASE,
      OtlpInstrument.KIND),
  TIME_TO_FIRST_TOKEN(
      "coldstart.time_to_first_token",
      Form.HISTOGRAM,
      "s",
      "Start of a request to the first content token of any model call",
      "one value per request that had one",
      OtlpInstrument.KIND),
  REQUESTS(
      "coldstart.requests",
      Form.COUNTER,
      "{request}",
      "Finished requests in which an agent worked",
      "error.type only when it failed: what made it fail, or _OTHER where the agent does not know that",
      OtlpInstrument.KIND,
      OtlpInstrument.ERROR),
  READY_DURATION(
      "coldstart.ready.duration",
      Form.HISTOGRAM,
      "s",
      "Process start to ready",
      "one value per process; none when its readiness or start was not seen"),
  STARTUP_PHASE_DURATION(
      "coldstart.startup.phase.duration",
      Form.HISTOGRAM,
      "s",
      "Exclusive time of a phase before ready: paid by nobody's request",
      "one value per process and phase it had; until the first request when readiness was not seen",
      OtlpInstrument.PHASE),
  READY_TO_WARM_DURATION(
      "coldstart.ready_to_warm.duration",
      Form.HISTOGRAM,
      "s",
      "Ready to the end of the first warm request",
      "one value per process; depends on the traffic: a service that nobody calls does not get warm"),
  PROMPT_CACHE_CALLS(
      "coldstart.prompt_cache.calls",
      Form.COUNTER,
      "{call}",
      "Model calls by what the provider's prompt cache did",
      "one per model call; without a model name where none was read",
      OtlpInstrument.PROMPT_CACHE,
      OtlpInstrument.MODEL),
  PROMPT_CACHE_ESTIMATE(
      "coldstart.prompt_cache.estimate",
      Form.HISTOGRAM,
      "s",
      "What prompt-cache misses cost a request, estimated against warm hits; part of its llm_ttft in"
          + " coldstart.phase.duration",
      "one value per request of the report whose estimate is above 0, once there was a first warm hit"
          + " to compare with: after the request's other metrics, or never",
      OtlpInstrument.KIND),
  AGENT_COST(
      "coldstart.agent.cost",
      Form.GAUGE,
      "s",
      "Time the agent itself cost the process so far",
      "recording is an estimate, background_cpu is CPU time of the agent's own thread",
      OtlpInstrument.COST),
  AGENT_DROPPED(
      "coldstart.agent.dropped",
      Form.COUNTER,
      "{item}",
      "What the agent lost",
      "0 is written, so that an alert has something to compare with",
      OtlpInstrument.DROPPED),
  TIME_TO_FIRST_CHUNK(
      "gen_ai.client.inference.time_to_first_chunk",
      Form.HISTOGRAM,
      "s",
      "Time to the first content token of a streamed model call",
      "only with OTEL_SEMCONV_STABILITY_OPT_IN=gen_ai_latest_experimental: older conventions have"
          + " no such metric of clients",
      OtlpInstrument.OPERATION,
      OtlpInstrument.PROVIDER,
      OtlpInstrument.MODEL);

  static final String PHASE = "coldstart.phase";
  static final String KIND = "coldstart.kind";
  static final String ERROR = "error.type";
  static final String PROMPT_CACHE = "coldstart.prompt_cache";
  static final String MODEL = "gen_ai.request.model";
  static final String OPERATION = "gen_ai.operation.name";
  static final String PROVIDER = "gen_ai.provider.name";
  static final String COST = "coldstart.cost";
  static final String DROPPED = "coldstart.dropped";

  /** Bucket bounds in s, those of MCP's conventions: a cold start reaches minutes. */
  private static final List<Double> BOUNDS =
      List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0);

  /** Bucket bounds in s that the GenAI conventions ask for. */
  private static final List<Double> GEN_AI_BOUNDS =
      List.of(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

  /** Kind of instrument. */
  enum Form {
    HISTOGRAM,
    COUNTER,
    GAUGE
  }

  final String metric;
  final Form form;
  final String unit;
  final String description;

  /** When there is a value, and what else a reader must know. */
  final String remark;

  /** Names of its attributes; unmodifiable. */
  @SuppressWarnings("ImmutableEnumChecker")
  final List<String> attributes;

  OtlpInstrument(
      String metric,
      Form form,
      String unit,
      String description,
      String remark,
      String... attributes) {
    this.metric = metric;
    this.form = form;
    this.unit = unit;
    this.description = description;
    this.remark = remark;
    this.attributes = List.of(attributes);
  }

  /** Upper bounds of the buckets of a histogram, s. */
  List<Double> bounds() {
    return metric.startsWith("gen_ai.") ? GEN_AI_BOUNDS : BOUNDS;
  }
}

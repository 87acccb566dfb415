package dev.coldstart.export;

import io.opentelemetry.sdk.trace.IdGenerator;

/**
 * Random ids, except that the next ones can be set: a request keeps the trace id its report names,
 * and the start-up trace is linked to before it is written. Not thread-safe.
 */
final class OtlpIds implements IdGenerator {
  private final IdGenerator random = IdGenerator.random();
  private String nextTraceId;
  private String nextSpanId;

  /**
   * @param traceId for the next trace, null for a random one
   * @param spanId for the next span, null for a random one
   */
  void next(String traceId, String spanId) {
    nextTraceId = traceId;
    nextSpanId = spanId;
  }

  @Override
  public String generateTraceId() {
    String id = nextTraceId == null ? random.generateTraceId() : nextTraceId;
    nextTraceId = null;
    return id;
  }

  @Override
  public String generateSpanId() {
    String id = nextSpanId == null ? random.generateSpanId() : nextSpanId;
    nextSpanId = null;
    return id;
  }
}

package dev.coldstart.export;

import io.opentelemetry.sdk.trace.IdGenerator;

/** Hands out the ids that were set for the next span. Not thread-safe. */
final class OtlpIds implements IdGenerator {
  private String traceId;
  private String spanId;

  /**
   * @param trace for the next span without a parent
   */
  void next(String trace, String span) {
    traceId = trace;
    spanId = span;
  }

  @Override
  public String generateTraceId() {
    return traceId;
  }

  @Override
  public String generateSpanId() {
    return spanId;
  }
}

package dev.coldstart.export;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;

/**
 * Trace and span ids made of what a report says, so that whoever sends the report, and however
 * often, sends the same ones. Immutable.
 */
final class StableIds {
  private static final int ROOT = -1;
  private static final int STARTUP = 0;
  private static final int HEX_DIGITS = 16;
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final long seed;

  private StableIds(long seed) {
    this.seed = seed;
  }

  /** Process id and start alone may be those of another pod; the nanoseconds hardly are. */
  static StableIds of(RunReport run) {
    long seed = mix(run.jvm().pid(), run.jvm().startEpochMillis());
    seed = mix(seed, run.startup().startMonotonicNanos());
    for (int i = 0; i < run.service().length(); i++) {
      seed = mix(seed, run.service().charAt(i));
    }
    return new StableIds(seed);
  }

  /** The request's own trace id, or one in its place when it has none. */
  String traceOf(RequestReport request) {
    String own = request.traceId();
    return io.opentelemetry.api.trace.TraceId.isValid(own) ? own : trace(request.id());
  }

  String startupTrace() {
    return trace(STARTUP);
  }

  String startupRoot() {
    return span(STARTUP, ROOT);
  }

  String startupSpan(int span) {
    return span(STARTUP, span);
  }

  String rootOf(RequestReport request) {
    return span(request.id(), ROOT);
  }

  String spanOf(RequestReport request, int span) {
    return span(request.id(), span);
  }

  private String trace(int request) {
    return hex(mix(seed, request, 1, 0)) + hex(mix(seed, request, 2, 0));
  }

  /** Requests count from 1. */
  private String span(int request, int span) {
    return hex(mix(seed, request, 3, span));
  }

  private static long mix(long... values) {
    long mixed = 0;
    for (long value : values) {
      long z = (mixed ^ value) + GOLDEN;
      z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
      z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
      mixed = z ^ (z >>> 31);
    }
    return mixed;
  }

  /** Ids of zeros are not valid. */
  private static String hex(long value) {
    String digits = Long.toHexString(value == 0 ? 1 : value);
    return "0".repeat(HEX_DIGITS - digits.length()) + digits;
  }
}

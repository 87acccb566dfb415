package dev.coldstart.weave;

import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import java.lang.reflect.Method;

/**
 * The OpenTelemetry agent, where it runs in the same JVM: a request becomes part of its trace,
 * below its span of the request (decision 0024). Its own copy of the API is in the boot loader; an
 * application's OpenTelemetry is never touched. Thread-safe.
 */
final class OtelAgent {
  /** The span an instrumentation of it opened first: of a server or consumer, normally. */
  private static final String SPAN =
      "io.opentelemetry.javaagent.shaded.instrumentation.api.instrumenter.LocalRootSpan";

  /**
   * Looked for when the first model call begins: in premain it may be still to come, whatever the
   * order.
   */
  static final OtelAgent HERE = new OtelAgent(find());

  /** Gives the span of the calling thread; null when there is no such agent. */
  private final Method current;

  OtelAgent(Method current) {
    this.current = current;
  }

  private static Method find() {
    try {
      return Class.forName(SPAN, false, null).getMethod("current");
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }

  /**
   * Makes a request part of the trace that the calling thread is in, if the thread works for it and
   * that was not done so far. What a span calls is not what it is part of: one of a client, which
   * comes first where that agent does not know the server, is left alone.
   */
  void join(Trace request) {
    if (current == null || request.inSpan || Scope.current().request() != request) {
      return;
    }
    Object span = span();
    Object context = Read.path(span, "getSpanContext");
    if (!Boolean.TRUE.equals(Read.path(context, "isValid")) || calls(span)) {
      return;
    }
    String trace = Read.text(context, "getTraceId");
    String id = Read.text(context, "getSpanId");
    if (trace != null && id != null) {
      boolean sampled = Boolean.TRUE.equals(Read.path(context, "isSampled"));
      request.traceparent = "00-" + trace + '-' + id + (sampled ? "-01" : "-00");
      request.inSpan = true;
    }
  }

  private Object span() {
    try {
      return current.invoke(null);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another version of it: the request keeps the trace it has.
      return null;
    }
  }

  /** Its kind is unknown where it is not recorded. */
  private static boolean calls(Object span) {
    String kind = String.valueOf(Read.path(span, "getKind"));
    return kind.equals("CLIENT") || kind.equals("PRODUCER");
  }
}

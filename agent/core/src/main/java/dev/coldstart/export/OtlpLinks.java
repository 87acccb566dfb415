package dev.coldstart.export;

import dev.coldstart.report.Expired;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import dev.coldstart.report.StartKind;
import dev.coldstart.report.WaitedFor;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.List;

/**
 * Leads from a request that was not warm to the spans that explain it: the start-up, the
 * initialisation of another request it waited for, and the last making of what expired.
 */
final class OtlpLinks {
  private static final AttributeKey<String> LINK = AttributeKey.stringKey("coldstart.link");
  private static final AttributeKey<Double> WAITED = AttributeKey.doubleKey("coldstart.waited");
  private static final AttributeKey<String> EXPIRED = AttributeKey.stringKey("coldstart.expired");

  private final RunReport run;
  private final StableIds ids;

  OtlpLinks(RunReport run, StableIds ids) {
    this.run = run;
    this.ids = ids;
  }

  void addTo(SpanBuilder root, RequestReport request) {
    if (StartKind.WARM.is(request)) {
      return;
    }
    root.addLink(context(ids.startupTrace(), ids.startupRoot()), Attributes.of(LINK, "startup"));
    for (WaitedFor waited : request.waitedFor()) {
      SpanContext target = ran(waited);
      if (target != null) {
        double seconds = OtlpTraces.seconds(waited.waitedNanos());
        root.addLink(target, Attributes.of(LINK, "waited_for", WAITED, seconds));
      }
    }
    for (Expired expired : request.expired()) {
      SpanContext target = madeBefore(request, expired);
      if (target != null) {
        root.addLink(target, Attributes.of(LINK, "expired", EXPIRED, expired.what()));
      }
    }
  }

  SpanContext root(RequestReport request) {
    return context(ids.traceOf(request), ids.rootOf(request));
  }

  /** Null when it ran in a request the report does not keep. */
  private SpanContext ran(WaitedFor waited) {
    if (waited.request() == null) {
      return startup(waited.phase(), waited.name());
    }
    for (RequestReport request : run.requests()) {
      if (request.id() == waited.request()) {
        Span span = longest(request.spans(), waited.phase(), waited.name());
        return span == null ? root(request) : span(request, span);
      }
    }
    return null;
  }

  private SpanContext madeBefore(RequestReport request, Expired expired) {
    SpanContext last = startup(expired.phase(), expired.name());
    long lastStart = Long.MIN_VALUE;
    for (RequestReport earlier : run.requests()) {
      long start = earlier.startEpochNanos();
      Span span =
          start < request.startEpochNanos() && start > lastStart
              ? longest(earlier.spans(), expired.phase(), expired.name())
              : null;
      if (span != null) {
        last = span(earlier, span);
        lastStart = start;
      }
    }
    return last;
  }

  private SpanContext startup(String phase, String name) {
    Span span = longest(run.startup().spans(), phase, name);
    return span == null ? null : context(ids.startupTrace(), ids.startupSpan(span.id()));
  }

  private SpanContext span(RequestReport request, Span span) {
    return context(ids.traceOf(request), ids.spanOf(request, span.id()));
  }

  private static Span longest(List<Span> spans, String phase, String name) {
    Span longest = null;
    for (Span span : spans) {
      if (span.phase().equals(phase)
          && span.name().equals(name)
          && (longest == null || length(span) > length(longest))) {
        longest = span;
      }
    }
    return longest;
  }

  private static long length(Span span) {
    return span.endNanos() - span.startNanos();
  }

  private static SpanContext context(String trace, String span) {
    return SpanContext.create(trace, span, TraceFlags.getSampled(), TraceState.getDefault());
  }
}

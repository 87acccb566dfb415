package dev.coldstart.export;

import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import dev.coldstart.report.StartupReport;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Makes traces of requests and of the start-up, with their true times. Thread-safe. */
final class OtlpTraces {
  static final AttributeKey<String> KIND = AttributeKey.stringKey("coldstart.kind");

  /** Spans of one trace; the longest are kept, the rest is counted in an attribute. */
  static final int MAX_SPANS = 4_000;

  private final Tracer tracer;
  private final OtlpIds next;
  private final OtlpSpans spans;
  private final OtlpAttributes attributes;

  /**
   * @param tracer that takes its ids from {@code next} and leaves its spans in {@code spans}
   */
  OtlpTraces(Tracer tracer, OtlpIds next, OtlpSpans spans, OtlpAttributes attributes) {
    this.tracer = tracer;
    this.next = next;
    this.spans = spans;
    this.attributes = attributes;
  }

  /** Seconds, the unit of OpenTelemetry's durations. */
  static double seconds(long nanos) {
    return nanos / 1e9;
  }

  /** Name of a request's first span. */
  static String name(RequestReport report) {
    return OtlpAttributes.clip(report.method() + ' ' + report.route());
  }

  /** One trace, part of the caller's when the request brought a traceparent. */
  synchronized List<SpanData> request(RunReport run, RequestReport report) {
    StableIds ids = StableIds.of(run);
    SpanBuilder builder =
        tracer
            .spanBuilder(name(report))
            .setSpanKind(SpanKind.SERVER)
            .setParent(OtlpSampler.parent(report));
    attributes.request(builder, report);
    new OtlpLinks(run, ids).addTo(builder, report);
    Map<Integer, LlmCall> calls = new HashMap<>();
    report.llm().forEach(call -> calls.put(call.span(), call));
    long start = report.startEpochNanos();
    next.next(ids.traceOf(report), ids.rootOf(report));
    io.opentelemetry.api.trace.Span root = start(builder, start);
    if (report.window().equals("first_visible_token")) {
      long at = start + report.wallNanos();
      root.addEvent("coldstart.first_visible_token", at, TimeUnit.NANOSECONDS);
    }
    IntFunction<String> spanId = id -> ids.spanOf(report, id);
    children(new Tree(root, start, report.kind(), calls, spanId), report.spans());
    end(root, start + Math.max(report.wallNanos(), report.durationNanos()), report.failed());
    return spans.take();
  }

  /**
   * The start-up as a trace of its own.
   *
   * @param firstRequest the first request, null when there was none
   */
  synchronized List<SpanData> startup(RunReport run, RequestReport firstRequest) {
    StableIds ids = StableIds.of(run);
    StartupReport report = run.startup();
    long start = TimeUnit.MILLISECONDS.toNanos(run.jvm().startEpochMillis());
    SpanBuilder builder =
        tracer
            .spanBuilder("startup")
            .setNoParent()
            .setAttribute("coldstart.wall", seconds(report.wallNanos()))
            .setAttribute("coldstart.unattributed", seconds(report.unattributedNanos()));
    if (firstRequest != null) {
      builder.addLink(new OtlpLinks(run, ids).root(firstRequest));
    }
    next.next(ids.startupTrace(), ids.startupRoot());
    io.opentelemetry.api.trace.Span root = start(builder, start);
    if (report.readyNanos() != null) {
      root.addEvent("coldstart.ready", start + report.readyNanos(), TimeUnit.NANOSECONDS);
    }
    children(new Tree(root, start, null, Map.of(), ids::startupSpan), report.spans());
    end(root, start + report.wallNanos(), false);
    return spans.take();
  }

  /**
   * What spans below a root have in common.
   *
   * @param epoch of the root's start, ns
   * @param kind start kind of the request, null for the start-up, which has none
   * @param calls model calls by the spans that timed them
   */
  private record Tree(
      io.opentelemetry.api.trace.Span root,
      long epoch,
      String kind,
      Map<Integer, LlmCall> calls,
      IntFunction<String> spanId) {}

  private void children(Tree tree, List<Span> all) {
    Map<Integer, Span> kept = new LinkedHashMap<>();
    for (Span span : longest(all)) {
      kept.put(span.id(), span);
    }
    if (kept.size() < all.size()) {
      tree.root.setAttribute("coldstart.dropped_spans", (long) all.size() - kept.size());
    }
    Map<Integer, Context> written = new HashMap<>();
    Context rootContext = Context.root().with(tree.root);
    for (Span span : kept.values()) {
      Deque<Span> chain = new ArrayDeque<>();
      Set<Integer> seen = new HashSet<>();
      for (Span s = span; s != null && !written.containsKey(s.id()) && seen.add(s.id()); ) {
        chain.push(s);
        s = s.parent() == null ? null : kept.get(s.parent());
      }
      for (Span s : chain) {
        Context parent = s.parent() == null ? null : written.get(s.parent());
        written.put(s.id(), child(tree, s, parent == null ? rootContext : parent));
      }
    }
  }

  private static Collection<Span> longest(List<Span> spans) {
    if (spans.size() <= MAX_SPANS) {
      return spans;
    }
    return spans.stream()
        .sorted(
            (a, b) -> Long.compare(b.endNanos() - b.startNanos(), a.endNanos() - a.startNanos()))
        .limit(MAX_SPANS)
        .toList();
  }

  private Context child(Tree tree, Span span, Context parent) {
    LlmCall call = tree.calls.get(span.id());
    SpanBuilder builder =
        tracer
            .spanBuilder(OtlpAttributes.clip(span.name()))
            .setParent(parent)
            .setSpanKind(call == null ? SpanKind.INTERNAL : SpanKind.CLIENT);
    attributes.span(builder, span, tree.kind, call);
    next.next(null, tree.spanId.apply(span.id()));
    io.opentelemetry.api.trace.Span child = start(builder, tree.epoch + span.startNanos());
    end(child, tree.epoch + Math.max(span.startNanos(), span.endNanos()), span.failed());
    return Context.root().with(child);
  }

  private static io.opentelemetry.api.trace.Span start(SpanBuilder builder, long epochNanos) {
    return builder.setStartTimestamp(epochNanos, TimeUnit.NANOSECONDS).startSpan();
  }

  private static void end(io.opentelemetry.api.trace.Span span, long epochNanos, boolean failed) {
    if (failed) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end(epochNanos, TimeUnit.NANOSECONDS);
  }
}

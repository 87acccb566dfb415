package dev.coldstart.export;

import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.Span;
import dev.coldstart.report.StartupReport;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
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

/**
 * Writes requests and the start-up as traces with their true times, after the fact. Not
 * thread-safe.
 */
final class OtlpTraces {
  static final AttributeKey<String> KIND = AttributeKey.stringKey("coldstart.kind");

  /** Spans of one trace; the longest are kept, the rest is counted in an attribute. */
  static final int MAX_SPANS = 4_000;

  private static final int MAX_NOTES = 16;
  private static final int MAX_TEXT = 200;

  private final Tracer tracer;
  private final OtlpIds ids;
  private final boolean latestGenAi;
  private final SpanContext startup;
  private long spans;

  OtlpTraces(Tracer tracer, OtlpIds ids, boolean latestGenAi) {
    this.tracer = tracer;
    this.ids = ids;
    this.latestGenAi = latestGenAi;
    this.startup =
        SpanContext.create(
            ids.generateTraceId(),
            ids.generateSpanId(),
            TraceFlags.getSampled(),
            TraceState.getDefault());
  }

  /** Seconds, the unit of OpenTelemetry's durations. */
  static double seconds(long nanos) {
    return nanos / 1e9;
  }

  /** Sampled spans so far. */
  long spans() {
    return spans;
  }

  /** One trace, part of the caller's when the request brought a traceparent. */
  Context request(RequestReport report) {
    SpanBuilder builder =
        tracer
            .spanBuilder(clip(report.method() + ' ' + report.route()))
            .setSpanKind(SpanKind.SERVER)
            .setParent(incoming(report))
            .setAttribute(KIND, report.kind())
            .setAttribute("coldstart.window", report.window())
            .setAttribute("coldstart.wall", seconds(report.wallNanos()))
            .setAttribute("coldstart.unattributed", seconds(report.unattributedNanos()))
            .setAttribute("coldstart.request.id", (long) report.id());
    if (report.ttftNanos() != null) {
      builder.setAttribute("coldstart.time_to_first_token", seconds(report.ttftNanos()));
    }
    if (!report.kind().equals("warm")) {
      builder.addLink(startup);
    }
    Map<Integer, LlmCall> calls = new HashMap<>();
    report.llm().forEach(call -> calls.put(call.span(), call));
    long start = report.startEpochNanos();
    io.opentelemetry.api.trace.Span root = start(builder, start);
    if (report.window().equals("first_visible_token")) {
      long at = start + report.wallNanos();
      root.addEvent("coldstart.first_visible_token", at, TimeUnit.NANOSECONDS);
    }
    children(root, start, report.spans(), report.kind(), calls);
    end(root, start + Math.max(report.wallNanos(), report.durationNanos()), report.failed());
    return Context.root().with(root);
  }

  /**
   * The start-up as a trace of its own.
   *
   * @param startEpochNanos process start, ns since 1970
   * @param firstRequest root span of the first request, invalid when there was none
   */
  void startup(StartupReport report, long startEpochNanos, SpanContext firstRequest) {
    SpanBuilder builder =
        tracer
            .spanBuilder("startup")
            .setNoParent()
            .setAttribute("coldstart.wall", seconds(report.wallNanos()))
            .setAttribute("coldstart.unattributed", seconds(report.unattributedNanos()));
    if (firstRequest.isValid()) {
      builder.addLink(firstRequest);
    }
    ids.next(startup.getTraceId(), startup.getSpanId());
    io.opentelemetry.api.trace.Span root = start(builder, startEpochNanos);
    if (report.readyNanos() != null) {
      long at = startEpochNanos + report.readyNanos();
      root.addEvent("coldstart.ready", at, TimeUnit.NANOSECONDS);
    }
    children(root, startEpochNanos, report.spans(), null, Map.of());
    end(root, startEpochNanos + report.wallNanos(), false);
  }

  /** Also presets the trace id where there is no parent to take it from. */
  private Context incoming(RequestReport report) {
    if (report.parentSpanId() != null) {
      SpanContext parent =
          SpanContext.createFromRemoteParent(
              report.traceId(),
              report.parentSpanId(),
              TraceFlags.getSampled(),
              TraceState.getDefault());
      if (parent.isValid()) {
        return Context.root().with(io.opentelemetry.api.trace.Span.wrap(parent));
      }
    }
    ids.next(TraceId.isValid(report.traceId()) ? report.traceId() : null, null);
    return Context.root();
  }

  /**
   * @param kind start kind of the request, null for the start-up, which has none
   */
  private void children(
      io.opentelemetry.api.trace.Span root,
      long epoch,
      List<Span> spans,
      String kind,
      Map<Integer, LlmCall> calls) {
    Map<Integer, Span> kept = new LinkedHashMap<>();
    for (Span span : longest(spans)) {
      kept.put(span.id(), span);
    }
    if (kept.size() < spans.size()) {
      root.setAttribute("coldstart.dropped_spans", (long) spans.size() - kept.size());
    }
    Map<Integer, Context> written = new HashMap<>();
    Context rootContext = Context.root().with(root);
    for (Span span : kept.values()) {
      Deque<Span> chain = new ArrayDeque<>();
      Set<Integer> seen = new HashSet<>();
      for (Span s = span; s != null && !written.containsKey(s.id()) && seen.add(s.id()); ) {
        chain.push(s);
        s = s.parent() == null ? null : kept.get(s.parent());
      }
      for (Span s : chain) {
        Context parent = s.parent() == null ? null : written.get(s.parent());
        written.put(
            s.id(),
            child(s, parent == null ? rootContext : parent, epoch, kind, calls.get(s.id())));
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

  private Context child(Span span, Context parent, long epoch, String kind, LlmCall call) {
    SpanBuilder builder =
        tracer
            .spanBuilder(clip(span.name()))
            .setParent(parent)
            .setSpanKind(call == null ? SpanKind.INTERNAL : SpanKind.CLIENT)
            .setAttribute("coldstart.phase", span.phase())
            .setAttribute("coldstart.exclusive", seconds(span.exclusiveNanos()))
            .setAttribute("coldstart.inferred", span.inferred());
    if (kind != null) {
      builder.setAttribute(KIND, kind);
    }
    if (span.open()) {
      builder.setAttribute("coldstart.open", true);
    }
    if (!span.thread().isEmpty()) {
      builder.setAttribute("thread.name", clip(span.thread()));
    }
    span.notes().entrySet().stream().limit(MAX_NOTES).forEach(note -> note(builder, note));
    if (call != null) {
      genAi(builder, call);
    }
    io.opentelemetry.api.trace.Span child = start(builder, epoch + span.startNanos());
    end(child, epoch + Math.max(span.startNanos(), span.endNanos()), span.failed());
    return Context.root().with(child);
  }

  private static void note(SpanBuilder builder, Map.Entry<String, Object> note) {
    String name = "coldstart.note." + note.getKey();
    if (note.getValue() instanceof Long number) {
      builder.setAttribute(name, number);
    } else if (note.getValue() instanceof Boolean flag) {
      builder.setAttribute(name, flag);
    } else {
      builder.setAttribute(name, clip(String.valueOf(note.getValue())));
    }
  }

  private void genAi(SpanBuilder builder, LlmCall call) {
    builder.setAttribute("gen_ai.operation.name", "chat");
    builder.setAttribute(latestGenAi ? "gen_ai.provider.name" : "gen_ai.system", call.system());
    if (call.model() != null) {
      builder.setAttribute("gen_ai.request.model", clip(call.model()));
    }
    known(builder, "gen_ai.usage.input_tokens", call.inputTokens());
    known(builder, "gen_ai.usage.output_tokens", call.outputTokens());
    builder.setAttribute("coldstart.prompt_cache", call.promptCache());
    if (latestGenAi) {
      known(builder, "gen_ai.usage.cache_read.input_tokens", call.cachedTokens());
      known(builder, "gen_ai.usage.cache_creation.input_tokens", call.cacheWriteTokens());
      builder.setAttribute("gen_ai.request.stream", call.streaming());
      if (call.streaming() && call.ttftNanos() != null) {
        builder.setAttribute("gen_ai.response.time_to_first_chunk", seconds(call.ttftNanos()));
      }
    }
  }

  private static void known(SpanBuilder builder, String name, Long count) {
    if (count != null) {
      builder.setAttribute(name, count);
    }
  }

  private static io.opentelemetry.api.trace.Span start(SpanBuilder builder, long epochNanos) {
    return builder.setStartTimestamp(epochNanos, TimeUnit.NANOSECONDS).startSpan();
  }

  private void end(io.opentelemetry.api.trace.Span span, long epochNanos, boolean failed) {
    spans += span.getSpanContext().isSampled() ? 1 : 0;
    if (failed) {
      span.setStatus(StatusCode.ERROR);
    }
    span.end(epochNanos, TimeUnit.NANOSECONDS);
  }

  private static String clip(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }
}

package dev.coldstart.export;

import dev.coldstart.phase.Phase;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Attributes of spans, in OpenTelemetry's words where it has some. Immutable. */
final class OtlpAttributes {
  /** What {@code error.type} is when nothing better is known. */
  static final String UNKNOWN_ERROR = "_OTHER";

  private static final int MAX_NOTES = 16;
  private static final int MAX_TEXT = 200;
  private static final String MCP = "mcp ";
  private static final Set<String> HTTP_METHODS =
      Set.of(
          "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE");
  private static final Set<String> MCP_METHODS =
      Set.of("initialize", "tools/list", "tools/call", "ping");
  private static final Set<String> DB_PHASES =
      Set.of(Phase.VECTOR_STORE_CONNECT.id(), Phase.VECTOR_STORE_QUERY.id(), Phase.DB_CONNECT.id());

  /** First words of our span names that are no name of a system. */
  private static final Set<String> NO_SYSTEM =
      Set.of("pool", "dns", "tcp", "tls", "connect", "http", "jdbc");

  private static final Map<String, String> DB_SYSTEMS =
      Map.of(
          "pgvector", "postgresql",
          "pg", "postgresql",
          "h2", "h2database",
          "mongo", "mongodb",
          "elastic", "elasticsearch",
          "mssql", "microsoft.sql_server",
          "oracle", "oracle.db");

  private final boolean latestGenAi;

  /**
   * @param latestGenAi the newest names of the GenAI conventions instead of those of 2024
   */
  OtlpAttributes(boolean latestGenAi) {
    this.latestGenAi = latestGenAi;
  }

  static String clip(String text) {
    return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
  }

  void request(SpanBuilder root, RequestReport report) {
    root.setAttribute(OtlpTraces.KIND, report.kind())
        .setAttribute("coldstart.window", report.window())
        .setAttribute("coldstart.wall", OtlpTraces.seconds(report.wallNanos()))
        .setAttribute("coldstart.unattributed", OtlpTraces.seconds(report.unattributedNanos()))
        .setAttribute("coldstart.request.id", (long) report.id());
    if (report.ttftNanos() != null) {
      double seconds = OtlpTraces.seconds(report.ttftNanos());
      root.setAttribute("coldstart.time_to_first_token", seconds);
    }
    if (HTTP_METHODS.contains(report.method())) {
      root.setAttribute("http.request.method", report.method());
      root.setAttribute("http.route", clip(report.route()));
    }
    failed(root, report.failed(), report.error());
  }

  /**
   * @param kind start kind of the request, null for the start-up, which has none
   * @param call the model call the span is, null for none
   */
  void span(SpanBuilder builder, Span span, String kind, LlmCall call) {
    builder
        .setAttribute("coldstart.phase", span.phase())
        .setAttribute("coldstart.exclusive", OtlpTraces.seconds(span.exclusiveNanos()))
        .setAttribute("coldstart.inferred", span.inferred());
    if (kind != null) {
      builder.setAttribute(OtlpTraces.KIND, kind);
    }
    if (span.open()) {
      builder.setAttribute("coldstart.open", true);
    }
    if (!span.thread().isEmpty()) {
      builder.setAttribute("thread.name", clip(span.thread()));
    }
    failed(builder, span.failed(), null);
    mcp(builder, span);
    database(builder, span);
    if (call != null) {
      genAi(builder, call);
    }
    span.notes().entrySet().stream().limit(MAX_NOTES).forEach(note -> note(builder, note));
  }

  /**
   * @param error null when unknown
   */
  private static void failed(SpanBuilder builder, boolean failed, String error) {
    if (failed) {
      builder.setAttribute(OtlpInstrument.ERROR, error == null ? UNKNOWN_ERROR : error);
    }
  }

  private static void mcp(SpanBuilder builder, Span span) {
    String method = span.name().startsWith(MCP) ? span.name().substring(MCP.length()) : "";
    if (MCP_METHODS.contains(method)) {
      builder.setAttribute("mcp.method.name", method);
      if (method.equals("tools/call") && span.notes().get("tool") instanceof String tool) {
        builder.setAttribute("gen_ai.tool.name", clip(tool));
        builder.setAttribute("gen_ai.operation.name", "execute_tool");
      }
    }
  }

  /** Our spans of stores begin with the store's name. */
  private static void database(SpanBuilder builder, Span span) {
    if (!DB_PHASES.contains(span.phase())) {
      return;
    }
    int end = span.name().indexOf(' ');
    String first = end < 0 ? span.name() : span.name().substring(0, end);
    String system = first.toLowerCase(Locale.ROOT);
    if (!NO_SYSTEM.contains(system)) {
      builder.setAttribute("db.system.name", clip(DB_SYSTEMS.getOrDefault(system, system)));
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
      known(builder, "gen_ai.usage.cache_write.input_tokens", call.cacheWriteTokens());
      builder.setAttribute("gen_ai.request.stream", call.streaming());
      if (call.streaming() && call.ttftNanos() != null) {
        double seconds = OtlpTraces.seconds(call.ttftNanos());
        builder.setAttribute("gen_ai.response.time_to_first_chunk", seconds);
      }
    }
  }

  private static void known(SpanBuilder builder, String name, Long count) {
    if (count != null) {
      builder.setAttribute(name, count);
    }
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
}

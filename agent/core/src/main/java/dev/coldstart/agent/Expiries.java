package dev.coldstart.agent;

import dev.coldstart.report.Expired;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What had to be made again in a request of a warm process: first-time work that had been done
 * before and that warm requests do not have, a new connection that made a call slow, a prompt cache
 * that missed after a hit. Thresholds: decision 0012. Used by the background thread only.
 */
final class Expiries {
  /** Least time worth telling after a quiet time, and else; a pause of the JVM is shorter. */
  static final long LEAST_AFTER_QUIET_NANOS = 5_000_000;

  static final long LEAST_NANOS = 20_000_000;

  /** Times the warm 95th percentile of the phase. */
  static final int TIMES_WARM = 3;

  /** Without a quiet time, so many warm requests must have told what is usual. */
  static final int LEAST_WARM = 3;

  /**
   * Work of most warm requests that only took longer expired in at least such a time without use:
   * what was in use a moment ago was kept waiting, by a pause of the JVM or a busy machine.
   */
  static final long LEAST_UNUSED_NANOS = 10_000_000_000L;

  private static final int LEAST_PART_OF_WINDOW = 20;
  private static final int MAX_NAMES = 512;
  private static final String CONNECTION = "connection";

  private final WarmTimes warm = new WarmTimes();
  private final Map<String, Long> lastNanos = new HashMap<>();

  /** A piece of work of one kind in one request: the spans below its outermost one. */
  private static final class Piece {
    final Span outermost;
    Span longest;
    long exclusiveNanos;
    boolean usual = true;

    Piece(Span outermost) {
      this.outermost = outermost;
      longest = outermost;
    }

    void add(Span span, boolean isUsual) {
      usual &= isUsual;
      exclusiveNanos += span.exclusiveNanos();
      longest = span.exclusiveNanos() > longest.exclusiveNanos() ? span : longest;
    }
  }

  /**
   * What expired before this request, longest first; empty when nothing did. To be asked before
   * {@link #learn}.
   *
   * @param afterQuiet whether it came after a time that is called idle
   */
  List<Expired> of(RequestReport request, boolean afterQuiet) {
    List<Expired> expired = new ArrayList<>();
    promptCache(request, expired);
    if (afterQuiet || warm.count() >= LEAST_WARM) {
      for (Piece piece : pieces(request).values()) {
        if (hasExpired(piece, request, afterQuiet)) {
          expired.add(expired(piece, request));
        }
      }
    }
    expired.sort(Comparator.comparingLong(Expired::exclusiveNanos).reversed());
    return List.copyOf(expired);
  }

  private boolean hasExpired(Piece piece, RequestReport request, boolean afterQuiet) {
    long least =
        afterQuiet
            ? LEAST_AFTER_QUIET_NANOS
            : Math.max(LEAST_NANOS, request.wallNanos() / LEAST_PART_OF_WINDOW);
    Long last = lastNanos.get(key(piece.outermost));
    return last != null
        && piece.exclusiveNanos >= least
        && piece.exclusiveNanos >= TIMES_WARM * warm.p95Nanos(piece.outermost.phase())
        && (afterQuiet
            || !piece.usual
            || request.startMonotonicNanos() - last >= LEAST_UNUSED_NANOS);
  }

  private Expired expired(Piece piece, RequestReport request) {
    String phase = piece.outermost.phase();
    String name = piece.longest.name();
    Long same = lastNanos.get(key(piece.longest));
    long last = same == null ? lastNanos.get(key(piece.outermost)) : same;
    long idle = Math.max(0, request.startMonotonicNanos() - last);
    return new Expired(what(phase, name), phase, name, piece.exclusiveNanos, idle);
  }

  /** Takes every request, whatever its kind: what ran in it has run, and was used. */
  void learn(RequestReport request, boolean isWarm) {
    long start = request.startMonotonicNanos();
    Set<String> works = new HashSet<>();
    for (Span span : request.spans()) {
      String work = key(span);
      put(work, start + span.endNanos());
      works.add(work);
    }
    if (isWarm) {
      warm.add(request.phases(), works);
    }
  }

  /** Takes what ran before the first request. */
  void learn(List<Span> startup, long startNanos) {
    for (Span span : startup) {
      put(key(span), startNanos + span.endNanos());
    }
  }

  private void put(String key, long nanos) {
    if (lastNanos.size() < MAX_NAMES || lastNanos.containsKey(key)) {
      lastNanos.merge(key, nanos, (a, b) -> b - a > 0 ? b : a);
    }
  }

  private void promptCache(RequestReport request, List<Expired> expired) {
    for (LlmCall call : request.llm()) {
      if (call.promptCache().equals("expired")) {
        Span span = find(request, call.span());
        expired.add(
            new Expired(
                "prompt cache",
                span == null ? "llm_ttft" : span.phase(),
                call.model() == null ? "model unknown" : call.model(),
                span == null ? 0 : span.exclusiveNanos(),
                call.cacheIdleNanos()));
      }
    }
  }

  /** First-time work, and calls on a connection that was opened for them, by what they are. */
  private Map<String, Piece> pieces(RequestReport request) {
    Map<Integer, Span> byId = new HashMap<>();
    request.spans().forEach(span -> byId.put(span.id(), span));
    Map<String, Piece> pieces = new LinkedHashMap<>();
    for (Span span : request.spans()) {
      boolean reconnected = span.notes().containsKey(CONNECTION) && !isModelCall(span);
      if (!FirstTime.is(span.phase(), span.name()) && !reconnected) {
        continue;
      }
      Span outer = outermost(span, byId);
      pieces
          .computeIfAbsent(key(outer), k -> new Piece(outer))
          .add(span, !reconnected && warm.isUsual(key(span)));
    }
    return pieces;
  }

  /** What a model call waits for is told by its prompt cache. */
  private static boolean isModelCall(Span span) {
    return span.phase().startsWith("llm_");
  }

  private static Span outermost(Span span, Map<Integer, Span> byId) {
    Span outer = span;
    Span parent = byId.get(outer.parent());
    while (parent != null && parent.phase().equals(span.phase())) {
      outer = parent;
      parent = byId.get(outer.parent());
    }
    return outer;
  }

  private static String what(String phase, String name) {
    if (name.contains("dns")) {
      return "dns";
    }
    return switch (phase) {
      case "vector_store_connect", "vector_store_query", "db_connect", "llm_connect", "tool_call" ->
          CONNECTION;
      case "embedding" -> name.contains("call") ? CONNECTION : "embedding model";
      case "tool_registry" -> "tool list";
      case "schema_validation" -> "schema";
      case "agent_build" -> "agent";
      default -> phase;
    };
  }

  private static Span find(RequestReport request, int id) {
    for (Span span : request.spans()) {
      if (span.id() == id) {
        return span;
      }
    }
    return null;
  }

  /** The same work for another server or pool is other work. */
  private static String key(Span span) {
    Object server = span.notes().get("server");
    Object pool = span.notes().get("pool");
    return span.phase() + '|' + span.name() + '|' + server + '|' + pool;
  }
}

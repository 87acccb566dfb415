package dev.coldstart.report.advice;

import dev.coldstart.phase.Phase;
import dev.coldstart.report.Expired;
import dev.coldstart.report.Human;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport.Advice;
import dev.coldstart.report.Span;
import dev.coldstart.report.StartKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Connections opened too late, closed too early or opened again and again. */
final class Connections {
  private static final Set<String> HANDSHAKES = Set.of("dns", "tcp", "tls");

  /** What expired, and what keeps it. */
  private static final Map<String, String> KEEP =
      Map.of(
          "connection", "Keep connections open longer than the quiet times, or use keep-alives",
          "tool list", "Keep tool lists longer than the quiet times, or refresh them in background",
          "prompt cache", "Keep the prompt cache alive: a longer TTL, or a call in quiet times",
          "dns", "Keep DNS answers longer than the quiet times");

  static Advice vectorStore(Findings findings) {
    return findings.aboutPhase(
        Phase.VECTOR_STORE_CONNECT.id(),
        "Connect to the vector store at start-up: one cheap query");
  }

  static Advice database(Findings findings) {
    return findings.aboutPhase(
        Phase.DB_CONNECT.id(), "Open the first database connections at start-up (pool minimum)");
  }

  static Advice model(Findings findings) {
    return findings.aboutPhase(
        Phase.LLM_CONNECT.id(), "Connect to the model's endpoint at start-up with the same client");
  }

  /** The dearest thing that expired in a quiet time. */
  static Advice expired(Findings findings) {
    Expired dearest = null;
    int count = 0;
    for (RequestReport request : findings.of(StartKind.RECOLD)) {
      for (Expired expired : request.expired()) {
        if (Findings.worth(expired.exclusiveNanos(), request)) {
          count++;
          if (dearest == null || expired.exclusiveNanos() > dearest.exclusiveNanos()) {
            dearest = expired;
          }
        }
      }
    }
    if (dearest == null) {
      return null;
    }
    String idle = dearest.idleNanos() == null ? "" : " after " + Human.time(dearest.idleNanos());
    String evidence =
        dearest.name() + " ran again" + idle + (idle.isEmpty() ? "" : " of quiet") + " and took ";
    evidence += Human.time(dearest.exclusiveNanos());
    if (count > 1) {
      evidence += "; " + count + " such cases in the requests kept";
    }
    String title =
        KEEP.getOrDefault(dearest.what(), "Keep warm over quiet times: " + dearest.what());
    return new Advice(title, evidence, dearest.exclusiveNanos());
  }

  /** Warm requests that look names up, shake hands or connect again: nothing is reused. */
  static Advice repeated(Findings findings) {
    List<Long> times = new ArrayList<>();
    List<RequestReport> warm = findings.of(StartKind.WARM);
    for (RequestReport request : warm) {
      long nanos = handshakes(request);
      if (Findings.worth(nanos, request) || connects(request)) {
        times.add(nanos);
      }
    }
    if (times.isEmpty() || times.size() * 2 < warm.size()) {
      return null;
    }
    Collections.sort(times);
    long median = times.get((times.size() - 1) / 2);
    String evidence =
        "Connections were opened again in %d of %d warm requests"
            .formatted(times.size(), warm.size());
    return new Advice(
        "Reuse connections: share one HTTP client and let it keep them alive",
        median == 0 ? evidence : evidence + ", median " + Human.time(median),
        median == 0 ? null : (Long) median);
  }

  private static long handshakes(RequestReport request) {
    return request.spans().stream()
        .filter(span -> HANDSHAKES.contains(span.name()))
        .mapToLong(Span::exclusiveNanos)
        .sum();
  }

  /** What the HTTP client noted; how long that took is part of the span it noted it on. */
  private static boolean connects(RequestReport request) {
    return request.spans().stream().anyMatch(span -> "new".equals(span.notes().get("connection")));
  }

  private Connections() {}
}

package dev.coldstart.demo.backends;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Delays the first `tools/list` of each MCP session, and the first after a time without one, as a
 * registry does that builds the list on demand and keeps it for a while.
 */
final class SlowFirstToolList extends HttpFilter {
  private final transient Ledger ledger;
  private final transient Supplier<Delays> delays;
  private final long ttlNs;
  private final Map<String, Long> lastList = new ConcurrentHashMap<>();

  SlowFirstToolList(Duration ttl, Ledger ledger, Supplier<Delays> delays) {
    this.ttlNs = ttl.toNanos();
    this.ledger = ledger;
    this.delays = delays;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!request.getMethod().equals("POST")) {
      chain.doFilter(request, response);
      return;
    }
    // The method name is in the body, and a body can be read once: pass a replay of it on.
    byte[] body = request.getInputStream().readAllBytes();
    JsonNode message = StandInServer.JSON.readTree(body);
    String session = String.valueOf(request.getHeader("Mcp-Session-Id"));
    if (message.path("method").asText().equals("tools/list") && mustBuild(session)) {
      ledger.inject(
          DelayKind.TOOL_REGISTRY,
          delays.get().ordersToolListMs(),
          Map.of("server", "orders", "transport", "streamable_http"));
    }
    chain.doFilter(new ReplayedRequest(request, body), response);
  }

  private boolean mustBuild(String session) {
    long now = System.nanoTime();
    Long last = lastList.put(session, now);
    return last == null || now - last > ttlNs;
  }

  /** The next list of every session is slow again. */
  void reset() {
    lastList.clear();
  }
}

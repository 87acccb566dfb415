package dev.coldstart.demo.backends;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Delays the first `tools/list` of each MCP session, as a registry does that builds it on demand.
 */
final class SlowFirstToolList extends HttpFilter {
  private final transient Ledger ledger;
  private final transient Supplier<Delays> delays;
  private final Set<String> sessions = ConcurrentHashMap.newKeySet();

  SlowFirstToolList(Ledger ledger, Supplier<Delays> delays) {
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
    if (message.path("method").asText().equals("tools/list") && sessions.add(session)) {
      ledger.inject(
          DelayKind.TOOL_REGISTRY,
          delays.get().ordersToolListMs(),
          Map.of("server", "orders", "transport", "streamable_http"));
    }
    chain.doFilter(new ReplayedRequest(request, body), response);
  }

  /** The next list of every session is slow again. */
  void reset() {
    sessions.clear();
  }
}

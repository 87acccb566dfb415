package dev.coldstart.demo.backends;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Steers the stand-ins while they run: the ledger, the delays, and what is cold again. */
final class AdminServer implements Closeable {
  /** Something that a POST without a body sets off. */
  interface Action {
    void run() throws IOException;
  }

  private final StandInServer server;
  private final AtomicReference<Delays> delays;

  AdminServer(Ledger ledger, AtomicReference<Delays> delays) throws IOException {
    this.delays = delays;
    server =
        new StandInServer("admin", null)
            .route("/ledger", exchange -> StandInServer.sendText(exchange, ledger.text()))
            .route("/delays", this::delays);
  }

  AdminServer state(String path, Supplier<?> state) {
    server.route(path, exchange -> StandInServer.sendJson(exchange, 200, state.get()));
    return this;
  }

  AdminServer action(String path, Action action) {
    server.route(
        path,
        exchange -> {
          if (!exchange.getRequestMethod().equals("POST")) {
            StandInServer.sendError(exchange, 405, "POST it");
            return;
          }
          action.run();
          StandInServer.sendJson(exchange, 200, Map.of("done", path));
        });
    return this;
  }

  AdminServer start() {
    server.start();
    return this;
  }

  String url() {
    return server.url();
  }

  /** A POST changes the delays that its JSON names and leaves the others. */
  private void delays(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("POST")) {
      JsonNode changes = StandInServer.readJson(exchange);
      Map<String, Object> merged = StandInServer.JSON.convertValue(delays.get(), StandInServer.MAP);
      merged.putAll(StandInServer.JSON.convertValue(changes, StandInServer.MAP));
      try {
        delays.set(StandInServer.JSON.convertValue(merged, Delays.class));
      } catch (IllegalArgumentException e) {
        StandInServer.sendError(
            exchange, 400, "a number for: " + StandInServer.JSON.valueToTree(delays.get()));
        return;
      }
    }
    StandInServer.sendJson(exchange, 200, delays.get());
  }

  @Override
  public void close() {
    server.close();
  }
}

package dev.coldstart.demo.backends;

import com.sun.net.httpserver.HttpExchange;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Stand-in for a schema registry: serves the tools' argument schemas, each slow the first time. */
final class SchemaHost implements Closeable {
  private static final String PATH = "/schemas";

  private final Set<String> fetched = ConcurrentHashMap.newKeySet();
  private final Ledger ledger;
  private final Supplier<Delays> delays;
  private final StandInServer server;

  SchemaHost(Ledger ledger, Supplier<Delays> delays) throws IOException {
    this.ledger = ledger;
    this.delays = delays;
    server = new StandInServer("schemas", null).route(PATH + "/", this::serve).start();
  }

  String url() {
    return server.url() + PATH;
  }

  private void serve(HttpExchange exchange) throws IOException {
    String file = exchange.getRequestURI().getPath().substring(PATH.length() + 1);
    String tool = file.replaceFirst("\\.json$", "");
    if (!ToolSchemas.TOOLS.contains(tool)) {
      StandInServer.sendError(exchange, 404, "no such schema");
      return;
    }
    if (fetched.add(tool)) {
      ledger.inject(DelayKind.SCHEMA_VALIDATION, delays.get().schemaMs(), Map.of("schema", tool));
    }
    StandInServer.send(exchange, 200, "application/schema+json", ToolSchemas.bytes(tool));
  }

  /** Every schema is slow once more. */
  void reset() {
    fetched.clear();
  }

  @Override
  public void close() {
    server.close();
  }
}

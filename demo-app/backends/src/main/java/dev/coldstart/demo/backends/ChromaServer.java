package dev.coldstart.demo.backends;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/**
 * Stand-in for a Chroma server: the part of its HTTP API v2 that vector-store clients use, with one
 * tenant's worth of collections. Filters (`where`) are accepted and ignored.
 */
final class ChromaServer implements Closeable {
  private static final String API = "/api/v2";

  private final Map<String, VectorCollection> collections = new ConcurrentHashMap<>();
  private final StandInServer server;
  private final SlowFirstConnection connections;

  ChromaServer(SlowFirstConnection connections, SSLContext tls) throws IOException {
    this.connections = connections;
    Knowledge.fill(collections.computeIfAbsent(Knowledge.COLLECTION, ChromaServer::cosine));
    server = new StandInServer("chroma", tls).route("/", this::handle).start();
  }

  String url() {
    return server.url();
  }

  private static VectorCollection cosine(String name) {
    return new VectorCollection(name, Map.of("hnsw:space", "cosine"));
  }

  private void handle(HttpExchange exchange) throws IOException {
    connections.awaitUsable(exchange.getRemoteAddress());
    String path = exchange.getRequestURI().getPath();
    if (!path.startsWith(API + "/")) {
      StandInServer.sendError(exchange, 410, "only " + API + " is served");
      return;
    }
    List<String> parts = Arrays.asList(path.substring(API.length() + 1).split("/", -1));
    switch (parts.get(0)) {
      case "heartbeat" ->
          StandInServer.sendJson(
              exchange,
              200,
              Map.of("nanosecond heartbeat", System.currentTimeMillis() * 1_000_000));
      case "version" -> StandInServer.sendJson(exchange, 200, "1.0.0");
      case "tenants" -> tenant(exchange, parts);
      default -> StandInServer.sendError(exchange, 404, "no such path");
    }
  }

  /** tenants / T / databases / D / collections / C / action. */
  private void tenant(HttpExchange exchange, List<String> parts) throws IOException {
    boolean create = exchange.getRequestMethod().equals("POST");
    switch (parts.size()) {
      case 1, 3 -> StandInServer.sendJson(exchange, 200, Map.of());
      case 2 -> StandInServer.sendJson(exchange, 200, Map.of("name", parts.get(1)));
      case 4 ->
          StandInServer.sendJson(
              exchange,
              200,
              Map.of("id", parts.get(3), "name", parts.get(3), "tenant", parts.get(1)));
      case 5 -> {
        if (create) {
          create(exchange);
        } else {
          var all = collections.values().stream().map(ChromaServer::describe).toList();
          StandInServer.sendJson(exchange, 200, all);
        }
      }
      default -> collection(exchange, parts);
    }
  }

  private void create(HttpExchange exchange) throws IOException {
    JsonNode request = StandInServer.readJson(exchange);
    String name = request.path("name").asText();
    if (collections.containsKey(name) && !request.path("get_or_create").asBoolean()) {
      StandInServer.sendError(exchange, 409, "Collection [" + name + "] already exists");
      return;
    }
    var collection = collections.computeIfAbsent(name, ChromaServer::cosine);
    StandInServer.sendJson(exchange, 200, describe(collection));
  }

  private void collection(HttpExchange exchange, List<String> parts) throws IOException {
    String nameOrId = parts.get(5);
    VectorCollection collection =
        collections.values().stream()
            .filter(c -> c.name().equals(nameOrId) || c.id().equals(nameOrId))
            .findFirst()
            .orElse(null);
    if (collection == null) {
      StandInServer.sendError(exchange, 404, "Collection [" + nameOrId + "] does not exist");
      return;
    }
    JsonNode request = StandInServer.readJson(exchange);
    switch (parts.size() > 6 ? parts.get(6) : exchange.getRequestMethod()) {
      case "GET" -> StandInServer.sendJson(exchange, 200, describe(collection));
      case "DELETE" -> {
        collections.remove(collection.name());
        StandInServer.sendJson(exchange, 200, Map.of());
      }
      case "count" -> StandInServer.sendJson(exchange, 200, collection.all().size());
      case "add" -> store(exchange, collection, request, false);
      case "upsert" -> store(exchange, collection, request, true);
      case "delete" -> {
        List<String> ids = new ArrayList<>();
        request.path("ids").forEach(id -> ids.add(id.asText()));
        collection.remove(ids);
        StandInServer.sendJson(exchange, 200, Map.of());
      }
      case "get" -> StandInServer.sendJson(exchange, 200, ChromaJson.items(collection.all()));
      case "query" ->
          StandInServer.sendJson(exchange, 200, ChromaJson.matches(collection, request));
      default -> StandInServer.sendError(exchange, 404, "no such action");
    }
  }

  private static void store(
      HttpExchange exchange, VectorCollection collection, JsonNode request, boolean overwrite)
      throws IOException {
    ChromaJson.readItems(request).forEach(item -> collection.put(item, overwrite));
    StandInServer.sendJson(exchange, 201, Map.of());
  }

  private static Map<String, Object> describe(VectorCollection collection) {
    return Map.of(
        "id",
        collection.id(),
        "name",
        collection.name(),
        "metadata",
        collection.metadata(),
        "dimension",
        WordEmbedding.DIMENSIONS,
        "tenant",
        "default_tenant",
        "database",
        "default_database");
  }

  @Override
  public void close() {
    server.close();
  }
}

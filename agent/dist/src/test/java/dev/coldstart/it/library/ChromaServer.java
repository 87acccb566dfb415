package dev.coldstart.it.library;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The part of Chroma's HTTP API v2 that the stores use before and in a search. It knows one
 * collection, "handbook", and takes its time for every request.
 */
final class ChromaServer implements AutoCloseable {
  static final long MILLIS = 25;

  private static final String COLLECTION =
      """
      {"id":"11111111-2222-3333-4444-555555555555","name":"%s","metadata":{},"dimension":2,\
      "tenant":"default_tenant","database":"default_database"}""";

  private static final String MATCH =
      """
      {"ids":[["1"]],"embeddings":[[[0.6,0.8]]],"documents":[["Text"]],"metadatas":[[{"a":"b"}]],\
      "distances":[[0.1]]}""";

  private final HttpServer server;
  private final List<String> requests = new CopyOnWriteArrayList<>();

  ChromaServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Method and path of the requests since the last time this was asked. */
  List<String> takeRequests() {
    List<String> all = List.copyOf(requests);
    requests.clear();
    return all;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    requests.add(method + " " + path);
    String last = path.substring(path.lastIndexOf('/') + 1);
    ModelServer.pause(MILLIS);
    if (last.equals("query")) {
      send(exchange, 200, MATCH);
    } else if (method.equals("POST") || last.equals("handbook")) {
      send(exchange, 200, COLLECTION.formatted("handbook"));
    } else if (path.contains("/collections/")) {
      send(exchange, 404, "{\"error\":\"NotFoundError\",\"message\":\"no such collection\"}");
    } else {
      send(exchange, 200, "{\"id\":\"%s\",\"name\":\"%s\"}".formatted(last, last));
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}

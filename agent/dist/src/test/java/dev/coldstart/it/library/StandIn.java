package dev.coldstart.it.library;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * Stands in for a store's server that speaks HTTP and JSON: takes its time for every request, and
 * keeps a log of them. What it answers is the subclass's, after the vendor's description.
 */
abstract class StandIn implements AutoCloseable {
  private static final long MILLIS = 4;

  private static final Answer DENIED =
      Answer.connecting(401, "{\"error\":[{\"message\":\"no such key\"}]}");

  private final HttpServer server;
  private final String key;
  private final List<StoreCheck.Asked> log = new CopyOnWriteArrayList<>();

  /**
   * An answer.
   *
   * @param connecting whether the request is part of connecting, and no query
   * @param json empty for no body
   */
  record Answer(int status, boolean connecting, String json) {
    static Answer connecting(int status, String json) {
      return new Answer(status, true, json);
    }

    static Answer query(String json) {
      return new Answer(200, false, json);
    }
  }

  StandIn() throws IOException {
    this("");
  }

  /**
   * Starts it.
   *
   * @param key what some header of each request must hold, "" for none
   */
  StandIn(String key) throws IOException {
    this(key, null);
  }

  /** The same over TLS. */
  StandIn(String key, SSLContext tls) throws IOException {
    this.key = key;
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    if (tls == null) {
      server = HttpServer.create(any, 0);
    } else {
      HttpsServer secure = HttpsServer.create(any, 0);
      secure.setHttpsConfigurator(new HttpsConfigurator(tls));
      server = secure;
    }
    server.createContext("/", this::handle);
    // Clients may open more than one connection.
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
  }

  /** What the vendor's server answers. */
  abstract Answer answer(String method, String path, String body);

  /** Headers that every answer of the vendor's has. */
  void addHeaders(com.sun.net.httpserver.Headers headers) {
    headers.set("Content-Type", "application/json");
  }

  final int port() {
    return server.getAddress().getPort();
  }

  final String url() {
    return "http://127.0.0.1:" + port();
  }

  /** The requests since the last time this was asked. */
  final List<StoreCheck.Asked> take() {
    List<StoreCheck.Asked> all = List.copyOf(log);
    log.clear();
    return all;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private boolean letsIn(HttpExchange exchange) {
    return exchange.getRequestHeaders().values().stream()
        .flatMap(List::stream)
        .anyMatch(value -> value.contains(key));
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    long received = System.nanoTime();
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    Answer answer = letsIn(exchange) ? answer(method, path, body) : DENIED;
    ModelServer.pause(MILLIS);
    byte[] bytes = answer.json().getBytes(StandardCharsets.UTF_8);
    addHeaders(exchange.getResponseHeaders());
    String what = method + " " + path;
    long answered = System.nanoTime();
    log.add(
        answer.connecting()
            ? StoreCheck.Asked.connecting(what, received, answered)
            : StoreCheck.Asked.query(what, received, answered));
    boolean none = bytes.length == 0 || method.equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), none ? -1 : bytes.length);
    if (!none) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }
}

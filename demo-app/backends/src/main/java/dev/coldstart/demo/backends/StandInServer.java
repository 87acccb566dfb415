package dev.coldstart.demo.backends;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** An HTTP server on a free port of 127.0.0.1 that speaks JSON; each stand-in adds its routes. */
final class StandInServer implements Closeable {
  static final ObjectMapper JSON = new ObjectMapper();
  static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  static {
    // Without it every small chunk of a stream can wait 40 ms for the peer's delayed ACK, a delay
    // that no ledger line would explain. Read once, when the JDK's server classes load.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer http;
  private final ExecutorService workers;
  private final String scheme;

  /**
   * @param tls null for plain HTTP
   */
  StandInServer(String name, SSLContext tls) throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    if (tls == null) {
      http = HttpServer.create(address, 0);
      scheme = "http";
    } else {
      HttpsServer https = HttpsServer.create(address, 0);
      https.setHttpsConfigurator(new HttpsConfigurator(tls));
      http = https;
      scheme = "https";
    }
    workers =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
    http.setExecutor(workers);
  }

  StandInServer route(String path, HttpHandler handler) {
    http.createContext(
        path,
        exchange -> {
          try (exchange) {
            handler.handle(exchange);
          } catch (RuntimeException e) {
            // Answered rather than dropped: a silent stand-in is hard to tell from a slow one.
            sendError(exchange, 500, e.toString());
          }
        });
    return this;
  }

  StandInServer start() {
    http.start();
    return this;
  }

  String url() {
    return scheme + "://127.0.0.1:" + http.getAddress().getPort();
  }

  static JsonNode readJson(HttpExchange exchange) throws IOException {
    return JSON.readTree(exchange.getRequestBody().readAllBytes());
  }

  static void sendJson(HttpExchange exchange, int status, Object body) throws IOException {
    send(exchange, status, "application/json", JSON.writeValueAsBytes(body));
  }

  static void sendText(HttpExchange exchange, String body) throws IOException {
    send(exchange, 200, "text/plain; charset=utf-8", body.getBytes(UTF_8));
  }

  static void sendError(HttpExchange exchange, int status, String message) throws IOException {
    sendJson(exchange, status, Map.of("error", "stand-in", "message", message));
  }

  static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    http.stop(0);
    workers.shutdownNow();
  }
}

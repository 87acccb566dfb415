package dev.coldstart.it.library;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A model behind OpenAI's wire formats, with a ledger of when it sent the first token. It calls the
 * first tool of a request that has some, once; else it answers in words. Names of models are
 * orders: "..-slow" takes longer, "..-refused" is refused; the first call of each has no cache hit.
 */
final class ModelServer implements AutoCloseable {
  private static final long WAIT_MILLIS = 30;
  private static final long SLOW_MILLIS = 200;
  private static final long TOKEN_MILLIS = 2;

  /** Whether headers and the opening leave at once, or only with the first token. */
  volatile boolean early;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Sent> ledger = new CopyOnWriteArrayList<>();
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  /**
   * One model call.
   *
   * @param receivedNanos {@link System#nanoTime()} when its request had arrived, comparable between
   *     the processes of a Linux machine
   * @param firstTokenNanos when the first token was about to leave
   */
  record Sent(String model, long receivedNanos, long firstTokenNanos) {
    long waitedNanos() {
      return firstTokenNanos - receivedNanos;
    }
  }

  private interface Format {
    ModelAnswer answer(JsonObject request, int cachedTokens);
  }

  ModelServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", e -> handle(e, ModelAnswer::chat));
    server.createContext("/v1/responses", e -> handle(e, ModelAnswer::response));
    server.createContext(
        "/v1/embeddings", e -> json(e, 200, ModelAnswer.embedding(read(e)).whole()));
    server.start();
  }

  /** As clients of OpenAI want it. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** The calls since the last time this was asked. */
  List<Sent> takeLedger() {
    List<Sent> calls = List.copyOf(ledger);
    ledger.clear();
    return calls;
  }

  /** The next call of each model has no cache hit again. */
  void expire() {
    seen.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange, Format format) throws IOException {
    long received = System.nanoTime();
    JsonObject request = read(exchange);
    String model = request.get("model").getAsString();
    if (model.endsWith("-refused")) {
      json(exchange, 400, "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\"}}");
      return;
    }
    ModelAnswer answer = format.answer(request, seen.add(model) ? 0 : ModelAnswer.CACHED_TOKENS);
    long wait = model.endsWith("-slow") ? SLOW_MILLIS : WAIT_MILLIS;
    JsonElement streamed = request.get("stream");
    if (streamed == null || !streamed.getAsBoolean()) {
      pause(wait);
      ledger.add(new Sent(model, received, System.nanoTime()));
      json(exchange, 200, answer.whole());
      return;
    }
    try (exchange) {
      boolean openAtOnce = early;
      if (openAtOnce) {
        send(exchange, answer.opening(), answer.named());
      }
      pause(wait);
      if (!openAtOnce) {
        send(exchange, answer.opening(), answer.named());
      }
      ledger.add(new Sent(model, received, System.nanoTime()));
      send(exchange, answer.firstToken(), answer.named());
      for (String event : answer.rest()) {
        pause(TOKEN_MILLIS);
        send(exchange, event, answer.named());
      }
    }
  }

  private static JsonObject read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    return JsonParser.parseString(new String(body, StandardCharsets.UTF_8)).getAsJsonObject();
  }

  private static void json(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** One server-sent event, which leaves at once. */
  private static void send(HttpExchange exchange, String data, boolean named) throws IOException {
    if (exchange.getResponseCode() < 0) {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
    }
    String event = "data: " + data + "\n\n";
    if (named) {
      String type = JsonParser.parseString(data).getAsJsonObject().get("type").getAsString();
      event = "event: " + type + "\n" + event;
    }
    exchange.getResponseBody().write(event.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

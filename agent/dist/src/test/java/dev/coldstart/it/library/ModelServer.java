package dev.coldstart.it.library;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Models behind the wire formats of their providers, with a ledger of when the first token was
 * sent. They call the first tool of a request that has some, once; else they answer in words. Names
 * of models are orders, see {@link Asked}. The first call of each kind has no cache hit, and so has
 * the first one after {@link #expire}.
 */
final class ModelServer implements AutoCloseable {
  static final long WAIT_MILLIS = 20;
  private static final long TOKEN_MILLIS = 2;

  /** Whether headers and the opening leave at once, or only with the first token. */
  volatile boolean early;

  /** How long an answer without a cache hit takes. */
  volatile long missMillis = WAIT_MILLIS;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Sent> ledger = new CopyOnWriteArrayList<>();
  private final Set<String> cached = ConcurrentHashMap.newKeySet();
  private final Set<String> failed = ConcurrentHashMap.newKeySet();

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
    ModelAnswer answer(Asked asked);
  }

  ModelServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", e -> handle(e, OpenAiAnswer::chat));
    server.createContext("/v1/responses", e -> handle(e, OpenAiAnswer::response));
    server.createContext("/v1/embeddings", e -> send(e, 200, OpenAiAnswer.embedding(ask(e))));
    server.createContext(
        "/openai/deployments", e -> method(e, OpenAiAnswer::azure, OpenAiAnswer::embedding));
    server.createContext("/v1/messages", e -> handle(e, ProviderAnswer::anthropic));
    server.createContext(
        "/v1beta/models", e -> method(e, ProviderAnswer::gemini, ProviderAnswer::geminiEmbedding));
    server.createContext("/api/chat", e -> handle(e, OllamaAnswer::chat));
    server.createContext("/model", e -> handle(e, bedrock(e)));
    server.start();
  }

  /** An answer of invoke that comes whole has its counts in headers. */
  private static Format bedrock(HttpExchange exchange) {
    String path = exchange.getRequestURI().getPath();
    if (!path.contains("/invoke")) {
      return BedrockAnswer::converse;
    }
    return asked -> {
      BedrockAnswer.counts(asked)
          .forEach((name, count) -> exchange.getResponseHeaders().set(name, "" + count));
      return BedrockAnswer.invoke(asked);
    };
  }

  /** As clients of OpenAI want it. */
  String url() {
    return root() + "/v1";
  }

  /** Without a path. */
  String root() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The calls since the last time this was asked. */
  List<Sent> takeLedger() {
    List<Sent> calls = List.copyOf(ledger);
    ledger.clear();
    return calls;
  }

  /** Nothing is cached any more. */
  void expire() {
    cached.clear();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange, Format format) throws IOException {
    long received = System.nanoTime();
    Asked asked = ask(exchange);
    if (asked.ordered("refused")) {
      send(exchange, 400, OpenAiAnswer.refusal());
      return;
    }
    if (asked.ordered("flaky") && failed.add(exchange.getRequestURI().getPath() + asked.model())) {
      exchange.getResponseHeaders().set("Retry-After-Ms", "20");
      send(exchange, 503, OpenAiAnswer.refusal());
      return;
    }
    ModelAnswer answer = format.answer(asked);
    Long ordered = asked.waitMillis();
    long wait = ordered != null ? ordered : asked.hit() ? WAIT_MILLIS : missMillis;
    if (!asked.streamed()) {
      pause(wait);
      ledger.add(new Sent(asked.model(), received, System.nanoTime()));
      send(exchange, 200, answer);
      return;
    }
    try (exchange) {
      boolean openAtOnce = early || asked.ordered("early");
      if (openAtOnce) {
        open(exchange, answer);
      }
      pause(wait);
      if (!openAtOnce) {
        open(exchange, answer);
      }
      ledger.add(new Sent(asked.model(), received, System.nanoTime()));
      for (byte[] part : answer.rest()) {
        write(exchange, part);
        pause(TOKEN_MILLIS);
      }
    }
  }

  /** Embeddings are another method of a model there. */
  private void method(HttpExchange exchange, Format answer, Format embedding) throws IOException {
    if (exchange.getRequestURI().getPath().toLowerCase(Locale.ROOT).contains("embed")) {
      send(exchange, 200, embedding.answer(ask(exchange)));
    } else {
      handle(exchange, answer);
    }
  }

  private Asked ask(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    String text = new String(bytes, StandardCharsets.UTF_8);
    JsonObject body = JsonParser.parseString(text).getAsJsonObject();
    String path = exchange.getRequestURI().getPath();
    JsonElement named = body.get("model");
    String model = named != null ? named.getAsString() : inPath(path);
    JsonElement stream = body.get("stream");
    boolean streamed =
        path.toLowerCase(Locale.ROOT).contains("stream")
            || (stream != null && stream.getAsBoolean());
    return new Asked(body, model, streamed, !cached.add(path + model + streamed));
  }

  /** As in {@code /v1beta/models/NAME:generateContent} or {@code /model/NAME/converse}. */
  private static String inPath(String path) {
    String[] parts = path.split("[/:]", -1);
    for (int i = 0; i < parts.length - 1; i++) {
      if (Set.of("model", "models", "deployments").contains(parts[i])) {
        return parts[i + 1];
      }
    }
    throw new IllegalArgumentException(path);
  }

  private static void open(HttpExchange exchange, ModelAnswer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", answer.contentType());
    exchange.sendResponseHeaders(200, 0);
    exchange.getResponseBody().flush();
    for (byte[] part : answer.opening()) {
      write(exchange, part);
    }
  }

  /** Leaves at once. */
  private static void write(HttpExchange exchange, byte[] part) throws IOException {
    exchange.getResponseBody().write(part);
    exchange.getResponseBody().flush();
  }

  private static void send(HttpExchange exchange, int status, ModelAnswer whole)
      throws IOException {
    byte[] body = whole.rest().get(0);
    exchange.getResponseHeaders().set("Content-Type", whole.contentType());
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

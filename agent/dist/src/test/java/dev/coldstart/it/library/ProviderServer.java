package dev.coldstart.it.library;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands in for Anthropic, Gemini, Ollama and Bedrock, with a prompt cache for each kind of call:
 * the first one misses it and takes longer, and so does the first one after {@link #expire}.
 */
final class ProviderServer implements AutoCloseable {
  static final long HIT_MILLIS = 30;
  static final long MISS_MILLIS = 230;

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<String> cached = ConcurrentHashMap.newKeySet();

  private interface Format {
    ProviderAnswer answer(boolean hit, boolean streamed);
  }

  ProviderServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/v1/messages", e -> handle(e, ProviderAnswer::anthropic));
    server.createContext("/v1beta/models", e -> handle(e, ProviderAnswer::gemini));
    server.createContext("/api/chat", e -> handle(e, ProviderAnswer::ollama));
    server.createContext("/model", e -> handle(e, ProviderAnswer::bedrock));
    server.start();
  }

  /** Without a path. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
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
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] request = exchange.getRequestBody().readAllBytes();
      String body = new String(request, StandardCharsets.UTF_8).replace(" ", "");
      boolean streamed =
          path.toLowerCase(Locale.ROOT).contains("stream") || body.contains("\"stream\":true");
      boolean hit = !cached.add(path + streamed);
      boolean tool = body.contains("\"tools\":[{") && !body.contains("tool_result");
      ProviderAnswer answer =
          tool ? ProviderAnswer.anthropicTool(streamed) : format.answer(hit, streamed);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      exchange.sendResponseHeaders(200, 0);
      for (byte[] part : answer.opening()) {
        send(exchange, part);
      }
      ModelServer.pause(hit ? HIT_MILLIS : MISS_MILLIS);
      for (byte[] part : answer.rest()) {
        send(exchange, part);
        ModelServer.pause(2);
      }
    }
  }

  private static void send(HttpExchange exchange, byte[] part) throws IOException {
    exchange.getResponseBody().write(part);
    exchange.getResponseBody().flush();
  }
}

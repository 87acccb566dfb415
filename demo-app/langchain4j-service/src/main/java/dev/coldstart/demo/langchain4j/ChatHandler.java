package dev.coldstart.demo.langchain4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** GET /chat?q=...: the answer as server-sent events, one per token. */
final class ChatHandler implements HttpHandler {
  private static final System.Logger LOG = System.getLogger(ChatHandler.class.getName());

  private final Agent agent;

  ChatHandler(Agent agent) {
    this.agent = agent;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String question = question(exchange.getRequestURI().getRawQuery());
      if (question == null) {
        exchange.sendResponseHeaders(400, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
      exchange.sendResponseHeaders(200, 0);
      answer(question, exchange.getResponseBody());
    }
  }

  private void answer(String question, OutputStream body) throws IOException {
    CompletableFuture<Void> done = new CompletableFuture<>();
    try {
      agent
          .chat(question)
          .onPartialResponse(token -> send(body, "data:" + token + "\n\n"))
          .onCompleteResponse(response -> done.complete(null))
          .onError(done::completeExceptionally)
          .start();
      done.join();
    } catch (CompletionException e) {
      fail(body, e.getCause());
    } catch (RuntimeException e) {
      fail(body, e);
    }
  }

  /** The status line is gone already, so the client learns it from an event. */
  private static void fail(OutputStream body, Throwable problem) throws IOException {
    LOG.log(System.Logger.Level.ERROR, "the answer failed", problem);
    send(body, "event:error\ndata:the answer failed\n\n");
  }

  private static void send(OutputStream body, String event) {
    try {
      body.write(event.getBytes(UTF_8));
      body.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String question(String query) {
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      if (parameter.startsWith("q=")) {
        return URLDecoder.decode(parameter.substring(2), UTF_8);
      }
    }
    return null;
  }
}

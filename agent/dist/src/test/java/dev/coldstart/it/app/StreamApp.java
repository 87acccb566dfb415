package dev.coldstart.it.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Model answers on the JDK's server: shown word by word, at once, or after a comment. */
public final class StreamApp {
  private static final ExecutorService LATER = Executors.newCachedThreadPool();

  public static void main(String[] args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool());
    server.createContext("/words", exchange -> words(exchange, "words", ""));
    server.createContext("/comment", exchange -> words(exchange, "comment", ": wait\n\n"));
    server.createContext("/whole", StreamApp::whole);
    server.createContext("/later", exchange -> LATER.execute(() -> later(exchange)));
    server.start();
    Work.awaitAgent();
    Work.say("port=" + server.getAddress().getPort());
  }

  private static void words(HttpExchange exchange, String name, String comment) throws IOException {
    Work.mark(name + ".handler");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      if (!comment.isEmpty()) {
        write(out, comment);
        out.flush();
      }
      Chat.stream(
          name,
          word -> {
            write(out, "data: " + word + "\n\n");
            out.flush();
          });
    }
  }

  /** The model streams, the response does not. */
  private static void whole(HttpExchange exchange) throws IOException {
    Work.mark("whole.handler");
    StringBuilder answer = new StringBuilder();
    Chat.stream("tokens", answer::append);
    exchange.sendResponseHeaders(200, answer.length());
    Work.mark("whole.before");
    write(exchange.getResponseBody(), answer.toString());
    exchange.close();
    Work.mark("whole.after");
  }

  private static void later(HttpExchange exchange) {
    try {
      words(exchange, "later", "");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private StreamApp() {}
}

package dev.coldstart.it.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A service on the JDK's own server, with each way a response can go. */
public final class ServerApp {
  private static final ExecutorService LATER = Executors.newCachedThreadPool(ServerApp::daemon);

  public static void main(String[] args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newCachedThreadPool(ServerApp::daemon));
    on(server, "/plain", exchange -> plain(exchange, "plain"));
    on(server, "/quiet", exchange -> plainWithoutWork(exchange));
    on(server, "/chunks", ServerApp::chunks);
    on(server, "/throws", exchange -> throwing());
    on(server, "/caught", ServerApp::caught);
    on(server, "/broken", ServerApp::broken);
    on(server, "/error", ServerApp::error);
    on(server, "/async", exchange -> LATER.execute(() -> async(exchange)));
    on(server, "/slow", ServerApp::slow);
    on(server, "/empty", ServerApp::empty);
    on(server, "/endless", ServerApp::endless);
    on(server, "/exit", exchange -> LATER.execute(() -> System.exit(3)));
    on(server, "/finish", exchange -> finish(exchange, server));
    server.start();
    Work.awaitAgent();
    Work.say("port=" + server.getAddress().getPort());
  }

  /** The server's own thread keeps the process alive, if anything is to. */
  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    return thread;
  }

  private static void on(HttpServer server, String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          Work.say("handling " + path);
          handler.handle(exchange);
        });
  }

  private static void plain(HttpExchange exchange, String body) throws IOException {
    Work.connect(body);
    answer(exchange, body);
  }

  private static void answer(HttpExchange exchange, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().put("X-App", List.of("one", "two"));
    exchange.sendResponseHeaders(200, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private static void plainWithoutWork(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 2);
    exchange.getResponseBody().write(new byte[] {'o', 'k'});
    exchange.close();
  }

  private static void chunks(HttpExchange exchange) throws IOException {
    Work.connect("chunks");
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      for (int i = 0; i < 3; i++) {
        out.write(("data: " + i + "\n\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    }
  }

  private static void slow(HttpExchange exchange) throws IOException {
    try {
      TimeUnit.MILLISECONDS.sleep(500);
      plain(exchange, "slow");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Without its server nothing keeps the process alive. */
  private static void finish(HttpExchange exchange, HttpServer server) throws IOException {
    plain(exchange, "finished");
    LATER.execute(() -> server.stop(0));
  }

  private static void throwing() {
    Work.connect("throws");
    throw new IllegalStateException("handler");
  }

  /** Answers with what its own code sees of an exception out of a method that the agent times. */
  private static void caught(HttpExchange exchange) throws IOException {
    StringBuilder seen = new StringBuilder();
    try {
      Work.connect("refused");
    } catch (IllegalStateException e) {
      seen.append(e.getCause().getCause());
      for (StackTraceElement frame : e.getCause().getCause().getStackTrace()) {
        String type = frame.getClassName();
        if (type.startsWith("dev.coldstart.") || type.startsWith("com.zaxxer.")) {
          seen.append(" at ").append(frame);
        }
      }
    }
    answer(exchange, seen.toString());
  }

  /** Promises more than it sends. */
  private static void broken(HttpExchange exchange) throws IOException {
    Work.connect("broken");
    exchange.sendResponseHeaders(200, 100);
    exchange.getResponseBody().write('x');
    exchange.close();
  }

  private static void error(HttpExchange exchange) throws IOException {
    Work.connect("error");
    exchange.sendResponseHeaders(500, 4);
    exchange.getResponseBody().write("oops".getBytes(StandardCharsets.UTF_8));
    exchange.close();
  }

  private static void async(HttpExchange exchange) {
    try {
      TimeUnit.MILLISECONDS.sleep(5);
      plain(exchange, "async");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void empty(HttpExchange exchange) throws IOException {
    Work.connect("empty");
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  /** Until the client is gone. */
  private static void endless(HttpExchange exchange) throws IOException {
    Work.connect("endless");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      while (true) {
        out.write("data: more\n\n".getBytes(StandardCharsets.UTF_8));
        out.flush();
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private ServerApp() {}
}

package dev.coldstart.demo.langchain4j;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The service's main class. */
final class ChatService {
  private static final int THREADS = 16;

  private ChatService() {}

  public static void main(String[] args) throws IOException {
    // Tokens are small writes; with Nagle's algorithm on they reach the client in clumps.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    ServiceConfig config = ServiceConfig.from(System.getenv());
    Agent agent = new Agent(config);
    ExecutorService workers = Executors.newFixedThreadPool(THREADS);
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, config.port()), 0);
    server.setExecutor(workers);
    server.createContext("/chat", new ChatHandler(agent));
    server.createContext("/health", ChatService::health);
    server.start();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> stop(server, workers, agent), "shutdown"));
    System.out.println("listening on 127.0.0.1:" + server.getAddress().getPort());
  }

  private static void health(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = "ok\n".getBytes(UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static void stop(HttpServer server, ExecutorService workers, Agent agent) {
    server.stop(1);
    workers.shutdownNow();
    agent.close();
  }
}

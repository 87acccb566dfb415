package dev.coldstart.it.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service whose requests do much at once: "/threads/200" answers when 200 new threads have worked
 * for it, "/virtual/10000" when as many virtual ones have, "/tool" with one piece of work that
 * takes no time.
 */
public final class CrowdApp {
  /** What the options name. */
  static final class Agent {
    static int tool(int number) {
      return number;
    }

    private Agent() {}
  }

  public static void main(String[] args) throws Exception {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(anyPort, 1_000);
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work);
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/tool", exchange -> answer(exchange, Agent.tool(1)));
    server.createContext("/threads", exchange -> answer(exchange, crowd(exchange, Thread::new)));
    server.createContext("/virtual", exchange -> answer(exchange, crowd(exchange, virtual())));
    server.createContext(
        "/exit",
        exchange -> {
          answer(exchange, 0);
          new Thread(() -> System.exit(3)).start();
        });
    server.start();
    Work.awaitAgent();
    Work.say("port=" + server.getAddress().getPort());
  }

  /** These sources are for Java 17. */
  private static ThreadFactory virtual() {
    try {
      Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
      return (ThreadFactory)
          Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int crowd(HttpExchange exchange, ThreadFactory threads) {
    String path = exchange.getRequestURI().getPath();
    int count = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
    AtomicInteger worked = new AtomicInteger();
    List<Thread> all = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Thread thread =
          threads.newThread(
              () -> {
                Work.connect("crowd");
                worked.addAndGet(Agent.tool(1));
              });
      all.add(thread);
      thread.start();
    }
    for (Thread thread : all) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    return worked.get();
  }

  private static void answer(HttpExchange exchange, int number) throws IOException {
    byte[] bytes = String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private CrowdApp() {}
}

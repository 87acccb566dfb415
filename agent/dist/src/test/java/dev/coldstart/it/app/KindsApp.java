package dev.coldstart.it.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service with an initialisation of a known length under a lock. Argument: how many of the first
 * questions are held until all of them are there, so that all want the lock at once.
 */
public final class KindsApp {
  /** How long the initialisation takes. */
  public static final long LOAD_MILLIS = 300;

  private static final AtomicInteger THREADS = new AtomicInteger();

  /** Its methods are timed because options name them. */
  static final class Agent {
    private final CyclicBarrier together;
    private final AtomicInteger held;
    private boolean loaded;

    Agent(int together) {
      this.together = new CyclicBarrier(together);
      held = new AtomicInteger(together);
    }

    String ask() throws Exception {
      if (held.getAndDecrement() > 0) {
        together.await(30, TimeUnit.SECONDS);
      }
      synchronized (this) {
        if (!loaded) {
          load();
          loaded = true;
        }
      }
      return tool();
    }

    void load() {
      pause(LOAD_MILLIS);
    }

    String tool() {
      pause(2);
      return "answer";
    }

    synchronized void expire() {
      loaded = false;
    }
  }

  private interface Handler {
    String handle() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService pool =
        Executors.newCachedThreadPool(
            work -> new Thread(work, "server-" + THREADS.incrementAndGet()));
    server.setExecutor(pool);
    Agent agent = new Agent(Integer.parseInt(args[0]));
    on(server, "/ask", agent::ask);
    on(
        server,
        "/fails",
        () -> {
          agent.ask();
          throw new IllegalStateException("expected");
        });
    on(
        server,
        "/health",
        () -> {
          Work.connect("health");
          return "up";
        });
    on(server, "/logo.svg", () -> "<svg/>");
    on(
        server,
        "/expire",
        () -> {
          agent.expire();
          return "gone";
        });
    server.start();
    Work.awaitAgent();
    Work.say("port=" + server.getAddress().getPort());
  }

  private static void on(HttpServer server, String path, Handler handler) {
    server.createContext(path, exchange -> answer(exchange, handler));
  }

  private static void answer(HttpExchange exchange, Handler handler) throws IOException {
    try {
      byte[] body = handler.handle().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private KindsApp() {}
}

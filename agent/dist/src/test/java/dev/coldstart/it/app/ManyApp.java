package dev.coldstart.it.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.coldstart.it.harness.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Very many requests that end in every way there is. Each connection to its port plays as many as
 * the argument says and is answered when all their work has ended.
 */
public final class ManyApp {
  private static final int CLIENTS = 4;
  private static final ExecutorService POOL = Executors.newFixedThreadPool(4);
  private static final ForkJoinPool FORK_JOIN = new ForkJoinPool(2);
  private static final ScheduledThreadPoolExecutor SCHEDULED = new ScheduledThreadPoolExecutor(2);

  /** What the options name. */
  static final class Agent {
    static void handle(int number) throws Exception {
      switch (number % 8) {
        case 0 -> POOL.submit(() -> tool(number)).get();
        case 1 -> CompletableFuture.supplyAsync(() -> tool(number), POOL).thenApply(x -> x).get();
        case 2 -> FORK_JOIN.submit(() -> tool(number)).get();
        case 3 -> cancelled(number);
        case 4 -> neverClosed();
        case 5 -> leftBehind(number);
        case 6 -> throw new IllegalArgumentException("expected");
        default -> ownThread(number);
      }
    }

    static int tool(int number) {
      return number;
    }

    /** Its queue, its timer and a stage are given up. */
    private static void cancelled(int number) {
      Callable<Integer> work = () -> tool(number);
      Future<Integer> queued = POOL.submit(work);
      Future<Integer> later = SCHEDULED.schedule(work, 1, TimeUnit.HOURS);
      CompletableFuture<Integer> never = new CompletableFuture<>();
      Future<Integer> stage = never.thenApply(x -> tool(number));
      queued.cancel(true);
      later.cancel(false);
      stage.cancel(false);
    }

    /** Nothing of ours can catch what is thrown before {@code super(..)} has returned. */
    private static void neverClosed() {
      try {
        var unused = new Broken();
      } catch (IllegalStateException e) {
        // Expected.
      }
    }

    /** The request ends before its task. */
    private static void leftBehind(int number) {
      POOL.execute(
          () -> {
            tool(number);
            SCHEDULED.execute(() -> tool(number));
          });
    }

    private static void ownThread(int number) throws InterruptedException {
      Thread thread = new Thread(() -> tool(number));
      thread.start();
      thread.join();
    }

    private Agent() {}
  }

  static class Base {
    final int number;

    Base(int number) {
      this.number = number;
    }
  }

  static final class Broken extends Base {
    Broken() {
      super(fail());
    }

    private static int fail() {
      if (POOL != null) {
        throw new IllegalStateException("expected");
      }
      return 0;
    }
  }

  public static void main(String[] args) throws Exception {
    SCHEDULED.setRemoveOnCancelPolicy(true);
    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.setExecutor(Executors.newFixedThreadPool(CLIENTS));
    server.createContext("/", ManyApp::respond);
    server.start();
    Work.awaitAgent();
    try (ServerSocket commands = new ServerSocket(0, 1, loopback)) {
      Work.say("port=" + commands.getLocalPort());
      while (true) {
        try (Socket command = commands.accept()) {
          play(Integer.parseInt(args[0]), server.getAddress().getPort());
          command
              .getOutputStream()
              .write("HTTP/1.1 204 done\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
      }
    }
  }

  private static void play(int requests, int port) throws Exception {
    List<Thread> clients = new ArrayList<>();
    for (int c = 0; c < CLIENTS; c++) {
      int first = c;
      Thread client = new Thread(() -> ask(first, requests, new RawHttp(port)));
      clients.add(client);
      client.start();
    }
    for (Thread client : clients) {
      client.join();
    }
    // Behind everything that was queued.
    CountDownLatch idle = new CountDownLatch(1);
    POOL.submit(() -> 0).get();
    SCHEDULED.execute(idle::countDown);
    idle.await();
    Work.awaitAgent();
  }

  private static void ask(int first, int requests, RawHttp http) {
    try (RawHttp.Connection connection = http.connect()) {
      for (int i = first; i < requests; i += CLIENTS) {
        if (i / CLIENTS % 10 == 0) {
          connection.send("/" + i / CLIENTS);
          connection.read();
        } else {
          handle(i / CLIENTS);
        }
      }
    }
  }

  private static void handle(int number) {
    try {
      Agent.handle(number);
    } catch (IllegalArgumentException e) {
      // Expected.
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void respond(HttpExchange exchange) throws IOException {
    int number = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
    try (exchange) {
      POOL.submit(() -> Agent.tool(number)).get();
      exchange.sendResponseHeaders(number % 3 == 0 ? 500 : 200, -1);
    } catch (ExecutionException | InterruptedException e) {
      throw new IOException(e);
    }
  }

  private ManyApp() {}
}

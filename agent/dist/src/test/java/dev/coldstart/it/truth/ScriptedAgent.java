package dev.coldstart.it.truth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.coldstart.it.app.Work;
import dev.coldstart.it.harness.RawHttp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plays a script, with as many requests at once as it says, and writes its ledger. Arguments: seed,
 * most requests at once, file of the ledger.
 */
public final class ScriptedAgent {
  private final Script script;
  private final AtomicInteger next = new AtomicInteger();
  private final ExecutorService handlers = Executors.newCachedThreadPool();

  private ScriptedAgent(Script script) {
    this.script = script;
  }

  /** Entry points that no server of ours knows. */
  static final class Entry {
    static void handle(Node request) throws Exception {
      play(request, System.nanoTime());
    }

    static CompletableFuture<Integer> later(Node request) {
      long begin = System.nanoTime();
      return CompletableFuture.supplyAsync(
          () -> {
            try {
              play(request, begin);
            } catch (Exception e) {
              throw new IllegalStateException(e);
            }
            return 1;
          },
          Pools.fixed(0));
    }

    private Entry() {}
  }

  public static void main(String[] args) throws Exception {
    Script script = new Script(Long.parseLong(args[0]), Integer.parseInt(args[1]));
    Pools.prepare(script.threads);
    new ScriptedAgent(script).run();
    Pools.close();
    Ledger.write(Path.of(args[2]));
    // At exit the agent has 200 ms, which a busy machine may not give it.
    Work.awaitAgent();
  }

  private static void play(Node request, long begin) throws Exception {
    try {
      request.steps();
    } finally {
      Ledger.handled(request.request, begin, System.nanoTime());
    }
  }

  private void run() throws Exception {
    Class.forName(Entry.class.getName());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    server.setExecutor(handlers);
    server.createContext("/", this::respond);
    if (script.entry.http) {
      server.start();
    }
    RawHttp http = new RawHttp(server.getAddress().getPort());
    Work.awaitAgent();
    List<Thread> clients = new ArrayList<>();
    for (int i = 0; i < script.concurrency; i++) {
      Thread client = new Thread(() -> askAll(http), "client-" + i);
      clients.add(client);
      client.start();
    }
    for (Thread client : clients) {
      client.join();
    }
    Ledger.awaitQuiet();
    server.stop(0);
    handlers.shutdown();
  }

  private void askAll(RawHttp http) {
    for (int i = next.getAndIncrement(); i < script.requests.size(); i = next.getAndIncrement()) {
      try {
        ask(http, script.requests.get(i));
      } catch (Node.Meant | ExecutionException e) {
        // As the script has it.
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void ask(RawHttp http, Node request) throws Exception {
    switch (script.entry) {
      case METHOD -> Entry.handle(request);
      case FUTURE -> Entry.later(request).get();
      default -> {
        long begin = System.nanoTime();
        http.get("/" + request.request);
        Ledger.asked(request.request, begin, System.nanoTime());
      }
    }
  }

  private void respond(HttpExchange exchange) {
    long begin = System.nanoTime();
    int number = Integer.parseInt(exchange.getRequestURI().getPath().substring(1));
    if (script.entry == Script.Entry.HTTP_ASYNC) {
      Pools.fixed(0).execute(() -> respond(exchange, number, begin));
    } else {
      respond(exchange, number, begin);
    }
  }

  private void respond(HttpExchange exchange, int number, long begin) {
    try (exchange) {
      play(script.requests.get(number), begin);
      exchange.sendResponseHeaders(200, -1);
    } catch (Node.Meant e) {
      // The connection is closed without an answer.
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

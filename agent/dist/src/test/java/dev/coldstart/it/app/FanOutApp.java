package dev.coldstart.it.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Asks three tool servers in turn, then calls 301 tools at once, one of them slow. */
public final class FanOutApp {
  /** What the options name. */
  static final class Agent {
    private static final int TOOLS = 300;
    private static final ExecutorService POOL = Executors.newFixedThreadPool(TOOLS + 1);

    static void handle() throws Exception {
      server(20);
      server(60);
      server(40);
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < TOOLS; i++) {
        calls.add(POOL.submit(() -> tool(30)));
      }
      calls.add(POOL.submit(() -> slowTool(600)));
      for (Future<?> call : calls) {
        call.get();
      }
    }

    private static void server(long millis) {
      sleep(millis);
    }

    private static void tool(long millis) {
      sleep(millis);
    }

    private static void slowTool(long millis) {
      sleep(millis);
    }

    private Agent() {}
  }

  public static void main(String[] args) throws Exception {
    Class.forName(Agent.class.getName());
    Work.awaitAgent();
    Agent.handle();
    Agent.POOL.shutdown();
  }

  private static void sleep(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private FanOutApp() {}
}

package dev.coldstart.it.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A service that no library file knows: its methods are named by options. */
public final class UserApp {
  /** Whether it does what its test named. */
  public static final class Agent {
    private static final ExecutorService POOL = Executors.newFixedThreadPool(2);

    /** Loads its tools on another thread. */
    public String handle(int number) throws Exception {
      POOL.submit(new Tools(number)::load).get();
      return overload("a", 1) + number;
    }

    public CompletableFuture<String> later() {
      return CompletableFuture.supplyAsync(
          () -> {
            new Tools(1).load();
            return "late";
          },
          POOL);
    }

    public void breaks(String message) {
      if (message != null) {
        throw new IllegalStateException(message);
      }
    }

    public void idle() {}

    /** A request entry inside a request. */
    public void outer() throws Exception {
      handle(3);
    }

    String overload(String a, int b) {
      return overload(a + b);
    }

    String overload(String a) {
      pause();
      return a;
    }
  }

  /** Slow to make, and slow to load. */
  static final class Tools {
    private final int number;

    Tools(int number) {
      this.number = number;
      pause();
    }

    int load() {
      pause();
      return number;
    }
  }

  public static void main(String[] args) throws Exception {
    Agent agent = new Agent();
    // The JDK is woven behind the first class with probes.
    Work.awaitAgent();
    agent.handle(1);
    agent.handle(2);
    agent.later().get(30, TimeUnit.SECONDS);
    try {
      agent.breaks("expected");
    } catch (IllegalStateException e) {
      Work.say("broke=" + e.getMessage());
    }
    agent.idle();
    agent.outer();
    Agent.POOL.shutdown();
    Agent.POOL.awaitTermination(30, TimeUnit.SECONDS);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private UserApp() {}
}

package dev.coldstart.it.app;

import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

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

    /** Does without its tools. */
    public String survives() {
      try {
        return "" + new Tools(-1).load();
      } catch (IllegalStateException e) {
        return e.getMessage();
      }
    }

    /** Is done while another thread is still at work, and stays so. */
    public void leaves() throws InterruptedException {
      Tools tools = new Tools(1);
      Thread thread = new Thread(tools::linger);
      thread.setDaemon(true);
      thread.start();
      tools.lingers.await();
      pause();
    }

    /** Waits for what goes on after the method has returned. */
    public String waits() throws Exception {
      return fetch("eu").get(30, TimeUnit.SECONDS) + fetch("us").get(30, TimeUnit.SECONDS);
    }

    CompletableFuture<String> fetch(String region) {
      return CompletableFuture.supplyAsync(
          () -> {
            pause();
            return region;
          },
          POOL);
    }

    /** Uses skills of which only their interface is known. */
    public String skilled() {
      return new Search("docs", new Secret()).use() + new Sum().use();
    }

    String overload(String a, int b) {
      return overload(a + b);
    }

    String overload(String a) {
      pause();
      return a;
    }
  }

  interface Skill {
    String use();
  }

  record Search(String name, Secret key) implements Skill {
    @Override
    public String use() {
      pause();
      return name;
    }
  }

  /** Found because of what its super class implements. */
  abstract static class Arithmetic implements Skill {
    public String getName() {
      return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }
  }

  static final class Sum extends Arithmetic {
    @Override
    public String use() {
      pause();
      return "3";
    }
  }

  /** Nothing that a label shows. */
  static final class Secret {
    @Override
    public String toString() {
      throw new IllegalStateException("asked for my text");
    }
  }

  /** Slow to make, and slow to load. */
  static final class Tools {
    private final CountDownLatch lingers = new CountDownLatch(1);
    private final int number;

    Tools(int number) {
      this.number = number;
      pause();
    }

    int load() {
      pause();
      if (number < 0) {
        throw new IllegalStateException("no tools");
      }
      return number;
    }

    void linger() {
      lingers.countDown();
      LockSupport.park();
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
    Work.say("survived=" + agent.survives());
    agent.leaves();
    Work.say("waited=" + agent.waits());
    Work.say("skilled=" + agent.skilled());
    agent.handle(4);
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

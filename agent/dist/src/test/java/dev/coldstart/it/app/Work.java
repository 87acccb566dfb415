package dev.coldstart.it.app;

import java.lang.reflect.Constructor;
import java.util.concurrent.TimeUnit;

/** What the apps have in common. */
public final class Work {
  /** Not on the compile class path, nor on that of every app: see Fakes. */
  private static final class Pool {
    private static final Constructor<?> POOL;
    private static final Constructor<?> CONFIG;

    static {
      try {
        Class<?> config = Class.forName("com.zaxxer.hikari.pool.HikariPool$Config");
        CONFIG = config.getConstructor(String.class);
        POOL = Class.forName("com.zaxxer.hikari.pool.HikariPool").getConstructor(config);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("the fake pool is not on the class path", e);
      }
    }
  }

  /** Something the agent times, with a note whose work it is. */
  static void connect(String owner) {
    try {
      Pool.POOL.newInstance(Pool.CONFIG.newInstance(owner));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Looks up a class: in a bundle, a module, a web application. */
  public interface Classes {
    Class<?> load(String name) throws ClassNotFoundException;
  }

  /** Scenes of a pool that is in a class loader of its own, and what else that loader shows. */
  public static void addTo(Scenes scenes, Classes classes) {
    scenes.add("/connect", answer -> answer.write(connect(classes)));
    scenes.add("/hidden", answer -> answer.write(look(classes, Work.class.getName())));
    scenes.add("/absent", answer -> answer.write(look(classes, "dev.coldstart.bootstrap.Absent")));
  }

  /** Makes the pool of a class loader and tells which loader that was. */
  public static String connect(Classes classes) throws ReflectiveOperationException {
    String pool = "com.zaxxer.hikari.pool.HikariPool";
    Class<?> config = classes.load(pool + "$Config");
    Object made =
        classes
            .load(pool)
            .getConstructor(config)
            .newInstance(config.getConstructor(String.class).newInstance("inside"));
    return made.getClass().getName() + " of " + made.getClass().getClassLoader().getClass();
  }

  private static String look(Classes classes, String name) {
    try {
      return "found " + classes.load(name);
    } catch (ClassNotFoundException e) {
      return e.getClass().getName();
    }
  }

  /** Waits until the agent, if there is one, has woven the JDK and sleeps. */
  public static void awaitAgent() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (System.nanoTime() - deadline < 0) {
      boolean busy = false;
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        busy |=
            thread.getName().equals("coldstart") && thread.getState() != Thread.State.TIMED_WAITING;
      }
      if (!busy) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw new IllegalStateException("the agent's thread never came to rest");
  }

  /** A line the test reads. */
  @SuppressWarnings("SystemOut")
  static void say(String line) {
    System.out.println(line);
  }

  /** The clock of the reports. */
  static void mark(String name) {
    say(name + "=" + System.nanoTime());
  }

  private Work() {}
}

package dev.coldstart.it.app;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * An agent that comes after Coldstart's and puts a hook that throws in the place of each of its
 * hooks, before the class is defined that calls it. Tells at the end how often they were called.
 */
public final class Saboteur implements ClassFileTransformer {
  private boolean armed;

  /** Entry of the agent; its option is the file for what it prints. */
  public static void premain(String file, Instrumentation instrumentation) {
    instrumentation.addTransformer(new Saboteur(), true);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> tell(Path.of(file))));
  }

  @Override
  public byte[] transform(
      Module module,
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] bytes) {
    // Coldstart has none before the first class with probes.
    armed |= isDefined("dev.coldstart.bootstrap.Recorder");
    if (armed) {
      Faulty.replaceHooks();
    }
    return null;
  }

  private static boolean isDefined(String bootClass) {
    try {
      return Class.forName(bootClass, false, null) != null;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static void tell(Path file) {
    try {
      Files.writeString(file, Faulty.told());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Saboteur() {}

  /** Throws whenever it is called. */
  private static final class Faulty extends Hook {
    private static final int MAX_SITES = 4096;
    private static final AtomicIntegerArray CALLS = new AtomicIntegerArray(MAX_SITES);
    private static final Faulty FAULTY = new Faulty();

    static void replaceHooks() {
      Hook[] hooks = Recorder.hooks;
      for (int site = 0; site < hooks.length; site++) {
        if (hooks[site] != null && hooks[site] != FAULTY) {
          hooks[site] = FAULTY;
        }
      }
    }

    /** One line: sites that were called, calls of the busiest, and what was counted. */
    static String told() {
      int sites = 0;
      int most = 0;
      int sum = 0;
      for (int site = 0; site < MAX_SITES; site++) {
        int calls = CALLS.get(site);
        sites += calls > 0 ? 1 : 0;
        most = Math.max(most, calls);
        sum += calls;
      }
      return "sites=" + sites + " most=" + most + " calls=" + sum + " counted=" + FAILURES;
    }

    @Override
    public Object before(int site, Object self, Object[] args) {
      return fault(site);
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      return fault(site);
    }

    private static Object fault(int site) {
      CALLS.incrementAndGet(site);
      int kinds = 4;
      switch (site % kinds) {
        case 0 -> throw new IllegalStateException("of the saboteur");
        case 1 -> throw new StackOverflowError("of the saboteur");
        case 2 -> throw new NoSuchMethodError("of the saboteur");
        default -> throw new OutOfMemoryError("of the saboteur");
      }
    }
  }
}

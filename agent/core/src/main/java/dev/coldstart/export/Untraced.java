package dev.coldstart.export;

import java.lang.reflect.Method;
import java.util.concurrent.FutureTask;

/**
 * Keeps what this agent sends out of the traces of the OpenTelemetry agent, where that runs in the
 * same JVM and watches the JDK's HTTP client (decision 0024). Thread-safe.
 */
final class Untraced {
  /** That agent's own copy of the API is in the boot loader under this name. */
  private static final String SUPPRESSION =
      "io.opentelemetry.javaagent.shaded.io.opentelemetry.api.impl.InstrumentationUtil";

  /** Null when there is no such agent. */
  private static final Method SUPPRESS = find();

  private Untraced() {}

  /** Does the work, once and on this thread. It must not throw. */
  static void run(Runnable work) {
    run(work, SUPPRESS);
  }

  static void run(Runnable work, Method suppress) {
    if (suppress == null) {
      work.run();
      return;
    }
    FutureTask<Void> once = new FutureTask<>(work, null);
    try {
      suppress.invoke(null, once);
    } catch (ReflectiveOperationException | RuntimeException e) {
      // Another version of it: what is sent will be in its traces.
    }
    // Does nothing a second time.
    once.run();
  }

  private static Method find() {
    try {
      return Class.forName(SUPPRESSION, false, null)
          .getMethod("suppressInstrumentation", Runnable.class);
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }
}

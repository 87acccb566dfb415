package dev.coldstart.it.app;

import java.util.concurrent.TimeUnit;

/** Starts the application that the set "quarkus" is, whose classes a loader of its own has. */
public final class QuarkusStart implements ServerScenes.App {
  private static final String PORT = "quarkus.http.port";

  @Override
  public int start() throws Exception {
    Class<?> entry = Class.forName("io.quarkus.bootstrap.runner.QuarkusEntryPoint");
    Thread main = new Thread(() -> run(entry), "quarkus-main");
    main.start();
    // Quarkus puts the port there that it got.
    while (System.getProperty(PORT) == null && main.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return Integer.getInteger(PORT);
  }

  private static void run(Class<?> entry) {
    try {
      entry.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.coldstart.it.harness;

import java.io.IOException;

/** Threads of tests' servers and proxies: each serves until what it works on is closed. */
public final class Daemon {
  /** What such a thread does. */
  public interface Work {
    void run() throws IOException, InterruptedException;
  }

  private Daemon() {}

  /** Starts one; that a socket is closed, or a client hangs up, just ends it. */
  public static void start(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException | InterruptedException e) {
                // Closed, or a client that does not like what it gets.
              }
            },
            "test daemon");
    thread.setDaemon(true);
    thread.start();
  }
}

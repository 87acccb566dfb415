package dev.coldstart.it.chaos;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.RawHttp;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Asks a service for "/plain", one request after the other from its first moment on until it is
 * gone, and keeps the times of the whole answers. Any other answer is kept as well.
 */
final class SteadyClient extends Thread {
  private static final int PAUSE_MILLIS = 5;

  private final ForkedApp app;
  private final List<Long> answeredNanos = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  SteadyClient(ForkedApp app) {
    this.app = app;
    setDaemon(true);
    start();
  }

  @Override
  public void run() {
    try {
      while (app.line("port=") == null) {
        if (!app.isAlive()) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
      }
      try (RawHttp.Connection connection = app.http().connect()) {
        while (true) {
          connection.send("/plain");
          RawHttp.Response response = connection.read();
          if (response.status().isEmpty()) {
            return;
          }
          answered(response);
          TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
      }
    } catch (UncheckedIOException | InterruptedException e) {
      // The service has ended.
    }
  }

  /** {@link System#nanoTime()} of each whole answer, oldest first; after the service has ended. */
  List<Long> answeredNanos() throws InterruptedException {
    join();
    return answeredNanos;
  }

  /** Answers that were not what they must be. */
  List<String> wrong() throws InterruptedException {
    join();
    return wrong;
  }

  private void answered(RawHttp.Response response) {
    if (response.body().equals("plain") && response.status().equals("HTTP/1.1 200 OK")) {
      answeredNanos.add(System.nanoTime());
    } else if (response.body().length() == "plain".length()) {
      wrong.add(response.toString());
    }
  }
}

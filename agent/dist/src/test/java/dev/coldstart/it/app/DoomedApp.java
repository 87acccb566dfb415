package dev.coldstart.it.app;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@link ServerApp}, which ends in the way and after the time, ms, that its arguments say. */
public final class DoomedApp {
  private static final int CHUNK = 1 << 20;

  /** What is in it is no garbage when main has ended. */
  private static final List<byte[]> KEPT = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    // Its threads are daemons like this one: the process lives as long as main does.
    Thread serving = new Thread(DoomedApp::serve, "serving");
    serving.setDaemon(true);
    serving.start();
    TimeUnit.MILLISECONDS.sleep(Long.parseLong(args[1]));
    switch (args[0]) {
      case "exit" -> System.exit(3);
      case "oom" -> Work.say("filled by " + fillTheHeap(new ArrayList<>()));
      case "oom-kept" -> Work.say("filled by " + fillTheHeap(KEPT));
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void serve() {
    try {
      ServerApp.main(new String[0]);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static int fillTheHeap(List<byte[]> all) {
    while (all.size() < Integer.MAX_VALUE) {
      all.add(new byte[CHUNK]);
    }
    return all.size();
  }

  private DoomedApp() {}
}

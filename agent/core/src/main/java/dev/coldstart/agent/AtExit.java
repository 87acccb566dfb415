package dev.coldstart.agent;

/** Lets the background thread write what it has, and holds the JVM's exit no longer than that. */
final class AtExit implements Runnable {
  private static final long BUDGET_MILLIS = 180;

  private final Background background;

  AtExit(Background background) {
    this.background = background;
  }

  @Override
  public void run() {
    try {
      background.exit(BUDGET_MILLIS);
    } catch (Throwable t) {
      AgentLog.line("the last report could not be written: " + t);
    }
  }
}

package dev.coldstart.agent;

/**
 * Lets the background thread write what it has, and holds the JVM's exit no longer than that. A run
 * that ends before it ever served (a start that failed, say) may take longer: else there would be
 * no report of it at all.
 */
final class AtExit implements Runnable {
  private static final long FIRST_REPORT_MILLIS = 1_000;
  private static final long BUDGET_MILLIS = 180;

  private final Background background;

  AtExit(Background background) {
    this.background = background;
  }

  @Override
  public void run() {
    try {
      background.exit(FIRST_REPORT_MILLIS, BUDGET_MILLIS);
    } catch (OutOfMemoryError e) {
      // There is no memory to say so; the report is the last one written.
    } catch (Throwable t) {
      AgentLog.line("the last report could not be written: " + t);
    }
  }
}

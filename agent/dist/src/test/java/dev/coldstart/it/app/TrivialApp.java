package dev.coldstart.it.app;

/**
 * Needs nothing but the JVM. Its exit code is its first argument, its second how long it lives, ms.
 */
public final class TrivialApp {
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) throws InterruptedException {
    System.out.println("trivial");
    if (args.length > 1) {
      Thread.sleep(Long.parseLong(args[1]));
    }
    if (args.length > 0) {
      System.exit(Integer.parseInt(args[0]));
    }
  }

  private TrivialApp() {}
}

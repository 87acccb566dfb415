package dev.coldstart.it.app;

/** Needs nothing but the JVM. Its exit code is its first argument. */
public final class TrivialApp {
  @SuppressWarnings("SystemOut")
  public static void main(String[] args) {
    System.out.println("trivial");
    if (args.length > 0) {
      System.exit(Integer.parseInt(args[0]));
    }
  }

  private TrivialApp() {}
}

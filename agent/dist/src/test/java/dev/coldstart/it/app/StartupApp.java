package dev.coldstart.it.app;

/** Connects while it starts, and never serves a request. */
public final class StartupApp {
  public static void main(String[] args) {
    Work.connect("early");
    System.exit(3);
  }

  private StartupApp() {}
}

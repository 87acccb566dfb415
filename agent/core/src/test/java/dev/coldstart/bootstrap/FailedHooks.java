package dev.coldstart.bootstrap;

/** Failures of hooks, which an agent never forgets. */
public final class FailedHooks {
  private FailedHooks() {}

  /** The site is as good as new. */
  public static void forget(int site) {
    Hook.BY_SITE[site] = 0;
  }
}

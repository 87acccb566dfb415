package dev.coldstart.weave;

/** Sites for tests of other packages. */
public final class TestSites {
  private TestSites() {}

  /** What an interval recorded at this site is from now on. */
  public static void register(int site, Probe probe) {
    Sites.register(site, probe);
  }
}

package dev.coldstart.agent;

/** The self-check of a run in which no class had a probe. */
final class NothingWoven {
  private NothingWoven() {}

  /**
   * Says so and names the likely reason.
   *
   * @param classes classes the transformer saw
   */
  static String line(long classes) {
    String reason =
        classes < 300
            ? "the JVM ended before an application was loaded, or this is a launcher that starts"
                + " the service in another JVM (put the agent there)"
            : "none of the libraries it knows was loaded (docs/libraries.md), or they are all"
                + " named in disable=";
    return "nothing was measured: no class with a probe among "
        + classes
        + " classes; likely reason: "
        + reason;
  }
}

package dev.coldstart.agent;

/** The self-check of a run in which no class had a probe. */
final class NothingWoven {
  private static final long NO_APPLICATION_NANOS = 1_000_000_000;
  private static final int NO_APPLICATION_CLASSES = 300;

  private NothingWoven() {}

  /**
   * Whether anybody wants to know: {@code java -version} and the small programs of scripts inherit
   * {@code JAVA_TOOL_OPTIONS}, and what they print is read by others.
   *
   * @param livedNanos since premain began
   * @param classes classes the transformer saw
   */
  static boolean worthALine(long livedNanos, long classes) {
    return livedNanos > NO_APPLICATION_NANOS || classes >= NO_APPLICATION_CLASSES;
  }

  /**
   * Says so and names the likely reason.
   *
   * @param classes classes the transformer saw
   */
  static String line(long classes) {
    String reason =
        classes < NO_APPLICATION_CLASSES
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

package dev.coldstart.agent;

import dev.coldstart.weave.Shown;

/** One clear line on stderr, the only thing the agent ever prints besides its summary. */
final class AgentLog {
  /** Characters of a value that are shown. */
  static final int MAX_SHOWN = 60;

  private AgentLog() {}

  static void line(String text) {
    try {
      System.err.println("coldstart: ".concat(text));
    } catch (OutOfMemoryError e) {
      // Nor is there room for another line.
    }
  }

  /** A value somebody typed, cut and without control characters. */
  static String printable(String value) {
    return printable(value, MAX_SHOWN);
  }

  static String printable(String value, int max) {
    return Shown.of(value, max);
  }
}

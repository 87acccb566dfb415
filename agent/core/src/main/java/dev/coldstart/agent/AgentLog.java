package dev.coldstart.agent;

/** One clear line on stderr, the only thing the agent ever prints besides its summary. */
final class AgentLog {
  /** Characters of a value that are shown. */
  static final int MAX_SHOWN = 60;

  private AgentLog() {}

  static void line(String text) {
    System.err.println("coldstart: ".concat(text));
  }

  /** A value somebody typed, cut and without control characters. */
  static String printable(String value) {
    return printable(value, MAX_SHOWN);
  }

  static String printable(String value, int max) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < value.length() && i < max; i++) {
      char c = value.charAt(i);
      // Also the line ends of Unicode, and halves of characters.
      boolean odd = Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
      shown.append(odd || Character.isSurrogate(c) ? '?' : c);
    }
    return value.length() > max ? shown.append("...").toString() : shown.toString();
  }
}

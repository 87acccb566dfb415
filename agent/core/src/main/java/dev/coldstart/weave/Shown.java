package dev.coldstart.weave;

/** Text that somebody else made up, as it is shown: cut, without what a terminal would act on. */
public final class Shown {
  /** Characters of a name in a report. */
  public static final int NAME = 64;

  private Shown() {}

  /**
   * The beginning of a text, control characters and halves of characters replaced; "..." tells that
   * it goes on.
   */
  public static String of(String text, int max) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < text.length() && i < max; i++) {
      char c = text.charAt(i);
      shown.append(isOdd(c) || Character.isSurrogate(c) ? '?' : c);
    }
    return text.length() > max ? shown.append("...").toString() : shown.toString();
  }

  /** A name somebody gave, cut; null when it is an address, which may hold what is secret. */
  public static String name(String text, int max) {
    return text == null || text.contains("://") ? null : of(text, max);
  }

  /** Also the line ends of Unicode, and what turns the direction of a text or hides in it. */
  private static boolean isOdd(char c) {
    return Character.isISOControl(c)
        || c == 0x2028
        || c == 0x2029
        || (c > 0x7f && Character.getType(c) == Character.FORMAT);
  }
}

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
      // Also the line ends of Unicode.
      boolean odd = Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
      shown.append(odd || Character.isSurrogate(c) ? '?' : c);
    }
    return text.length() > max ? shown.append("...").toString() : shown.toString();
  }
}

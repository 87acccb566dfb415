package dev.coldstart.report;

import java.util.Locale;
import java.util.regex.Pattern;

/** Numbers and text in the form people read: plain ASCII, so that any terminal shows it. */
public final class Human {
  /** Longest line of a summary, in characters. */
  static final int COLUMNS = 100;

  /** Stands for a space that must not become a line break; clean text never holds it. */
  private static final char GLUE = '\u00a0';

  private static final Pattern UNIT = Pattern.compile(" ((?:ms|s|%)(?:[ ,.;:)]|$))");

  /** A time in ms or s with three significant digits: "834 ms", "2.91 s"; 0 is "0 ms". */
  public static String time(long nanos) {
    if (nanos == 0) {
      return "0 ms";
    }
    if (nanos < 0) {
      return "-" + time(-nanos);
    }
    if (nanos < 1_000) {
      return "<0.001 ms";
    }
    double millis = nanos / 1e6;
    return millis < 999.5 ? digits(millis) + " ms" : digits(millis / 1e3) + " s";
  }

  /** {@code part} of {@code whole} in percent with one decimal, "-" when there is no whole. */
  public static String share(long part, long whole) {
    if (whole <= 0) {
      return "-";
    }
    double percent = 100.0 * part / whole;
    return percent > 0 && percent < 0.05
        ? "<0.1 %"
        : String.format(Locale.ROOT, "%.1f %%", percent);
  }

  /** {@code a / b} as "7.1 times", "112 times". */
  static String ratio(long a, long b) {
    return digits((double) a / b) + " times";
  }

  /** "1 interval", "2 intervals". */
  public static String count(long n, String noun) {
    return n + " " + noun + (n == 1 ? "" : "s");
  }

  /**
   * Text from outside (routes, names): control characters, which could forge lines or steer the
   * terminal, and everything beyond ASCII become '?'; cut at {@code max} characters.
   */
  public static String clean(String text, int max) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), max));
    for (int i = 0; i < text.length() && i < max; i++) {
      char c = text.charAt(i);
      out.append(c >= ' ' && c < 0x7f ? c : '?');
    }
    if (text.length() > max) {
      out.replace(max - 3, max, "...");
    }
    return out.toString();
  }

  /** Appends words, broken at {@link #COLUMNS}; {@code hang} is the indent of further lines. */
  static void wrap(StringBuilder out, String first, String hang, String text) {
    int column = first.length();
    out.append(first);
    boolean lineStart = true;
    for (String word : UNIT.matcher(text).replaceAll(GLUE + "$1").split(" ", -1)) {
      if (!lineStart && column + 1 + word.length() > COLUMNS) {
        out.append('\n').append(hang);
        column = hang.length();
        lineStart = true;
      }
      if (!lineStart) {
        out.append(' ');
        column++;
      }
      out.append(word.replace(GLUE, ' '));
      column += word.length();
      lineStart = false;
    }
    out.append('\n');
  }

  private static String digits(double value) {
    int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  private Human() {}
}

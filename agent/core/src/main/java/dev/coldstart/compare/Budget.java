package dev.coldstart.compare;

import dev.coldstart.measure.BadInput;
import dev.coldstart.report.Human;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much slower a metric may get. A shift counts only when it exceeds both bounds.
 *
 * @param pattern a metric's name; a {@code *} at its end stands for any rest
 * @param relative of the base's median, 0.1 is 10 %; 0 when not given
 * @param absoluteNanos in ns; 0 when not given
 */
record Budget(String pattern, double relative, long absoluteNanos) {
  private static final Pattern BOUND = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(%|ms|s|us|ns)");

  /** Reads {@code cold.wall=10%,200ms}. */
  static Budget parse(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw wrong(text);
    }
    return of(text.substring(0, equals).strip(), text.substring(equals + 1));
  }

  /** Reads {@code 10%,200ms}. */
  static Budget of(String pattern, String bounds) {
    if (!pattern.matches("[A-Za-z0-9_.-]*\\*?")) {
      throw wrong(pattern + "=" + bounds);
    }
    Double relative = null;
    Long absolute = null;
    for (String part : bounds.split(",", -1)) {
      Matcher bound = BOUND.matcher(part.strip());
      if (!bound.matches()) {
        throw wrong(pattern + "=" + bounds);
      }
      double value = Double.parseDouble(bound.group(1));
      if (bound.group(2).equals("%") && relative == null) {
        relative = value / 100;
      } else if (!bound.group(2).equals("%") && absolute == null) {
        absolute = Math.round(value * unitNanos(bound.group(2)));
      } else {
        throw wrong(pattern + "=" + bounds);
      }
    }
    return new Budget(pattern, relative == null ? 0 : relative, absolute == null ? 0 : absolute);
  }

  boolean matches(String metric) {
    return pattern.endsWith("*")
        ? metric.startsWith(pattern.substring(0, pattern.length() - 1))
        : metric.equals(pattern);
  }

  boolean isExact() {
    return !pattern.endsWith("*");
  }

  /** The shift that is still within the budget, in ns. */
  long marginNanos(double baseMedianNanos) {
    return Math.max(absoluteNanos, Math.round(relative * baseMedianNanos));
  }

  /** "10 % and 200 ms". */
  String text() {
    String share = Words.percent(relative);
    String time = Human.time(absoluteNanos);
    return absoluteNanos == 0 ? share : relative == 0 ? time : share + " and " + time;
  }

  private static double unitNanos(String unit) {
    return switch (unit) {
      case "s" -> 1e9;
      case "ms" -> 1e6;
      case "us" -> 1e3;
      default -> 1;
    };
  }

  private static BadInput wrong(String text) {
    return new BadInput("no budget: " + text + "; write metric=10%,200ms, a share, a time or both");
  }
}

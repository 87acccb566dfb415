package dev.coldstart.agent;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The options as given. A bad one costs one line on stderr and gets its default. Runs in premain:
 * nothing here uses regex, string formatting, NIO files or lambdas.
 */
final class Settings {
  private final Map<Option, String> values = new EnumMap<>(Option.class);

  private Settings() {}

  /**
   * Reads agent arguments, system properties, environment and the config file.
   *
   * @param arguments what stands after {@code =} in {@code -javaagent:..=..}, may be null
   */
  static Settings read(String arguments) {
    return read(arguments, System.getProperties(), System.getenv());
  }

  static Settings read(String arguments, Properties properties, Map<String, String> environment) {
    Settings settings = new Settings();
    settings.readArguments(arguments);
    for (Option option : Option.values()) {
      settings.offer(
          option,
          properties.getProperty("coldstart.".concat(option.key)),
          "-Dcoldstart.".concat(option.key));
      settings.offer(option, environment.get(option.environment()), option.environment());
    }
    reportUnknown(properties, environment);
    String config = settings.text(Option.CONFIG);
    if (!config.isEmpty()) {
      settings.readFile(config);
    }
    return settings;
  }

  boolean on(Option option) {
    return text(option).equals("on");
  }

  int count(Option option) {
    return Integer.parseInt(text(option));
  }

  long millis(Option option) {
    return parseMillis(text(option));
  }

  /** Empty when not given and without a default. */
  String text(Option option) {
    String value = values.get(option);
    return value == null ? option.byDefault : value;
  }

  Set<String> list(Option option) {
    Set<String> items = new LinkedHashSet<>();
    String value = text(option);
    int start = 0;
    for (int i = 0; i <= value.length(); i++) {
      if (i == value.length() || separates(value.charAt(i))) {
        String item = value.substring(start, i).trim();
        if (!item.isEmpty()) {
          items.add(item);
        }
        start = i + 1;
      }
    }
    return items;
  }

  private static boolean separates(char c) {
    return c == ',' || c == ';' || c == '+';
  }

  private void readArguments(String arguments) {
    if (arguments == null) {
      return;
    }
    Option last = null;
    int wrong = 0;
    int start = 0;
    for (int i = 0; i <= arguments.length(); i++) {
      if (i < arguments.length() && arguments.charAt(i) != ',') {
        continue;
      }
      String part = arguments.substring(start, i).trim();
      start = i + 1;
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals < 0 && last != null && last.kind == Option.Kind.LIST) {
        // disable=a,b: the comma belongs to the list.
        values.put(last, text(last) + ";" + part);
      } else {
        last = readLine(part, "-javaagent");
        if (last == null && ++wrong == TextFile.MAX_WRONG) {
          TextFile.tooMany("-javaagent");
          return;
        }
      }
    }
  }

  /** Returns the option it is for, null when it said that something is wrong. */
  private Option readLine(String line, String source) {
    int equals = line.indexOf('=');
    String key = (equals < 0 ? line : line.substring(0, equals)).trim();
    Option option = Option.of(key);
    if (option == null) {
      unknown(key, source);
      return null;
    }
    if (equals < 0) {
      AgentLog.line(
          "option " + key + " has no value (" + source + "); expected " + option.kind.allowed);
      return null;
    }
    return offer(option, line.substring(equals + 1).trim(), source) ? option : null;
  }

  private void readFile(String path) {
    int wrong = 0;
    for (String line : TextFile.lines(Option.CONFIG, path)) {
      String trimmed = line.trim();
      boolean says = !trimmed.isEmpty() && trimmed.charAt(0) != '#';
      if (says && readLine(trimmed, "config file") == null && ++wrong == TextFile.MAX_WRONG) {
        TextFile.tooMany("config file");
        return;
      }
    }
  }

  /** Takes a value unless an earlier source gave one. Returns false when it is not allowed. */
  private boolean offer(Option option, String value, String source) {
    if (value == null || values.containsKey(option)) {
      return true;
    }
    String normal = normal(option, value);
    if (normal == null) {
      AgentLog.line(
          "option "
              + option.key
              + " cannot be "
              + AgentLog.printable(value)
              + " ("
              + source
              + "): expected "
              + option.kind.allowed
              + "; using "
              + option.byDefault);
      return false;
    }
    values.put(option, normal);
    return true;
  }

  static boolean isAllowed(Option option, String value) {
    return normal(option, value) != null;
  }

  /** The value as the rest of the agent expects it; null when it is not allowed. */
  private static String normal(Option option, String value) {
    Option.Kind kind = option.kind;
    // No switch: its table is a class of its own, loaded in premain.
    if (kind == Option.Kind.SWITCH || kind == Option.Kind.AUTO) {
      boolean auto = kind == Option.Kind.AUTO && value.equals("auto");
      return auto ? value : isOn(value) ? "on" : isOff(value) ? "off" : null;
    }
    boolean allowed =
        kind == Option.Kind.COUNT
            ? isCount(value)
            : kind != Option.Kind.DURATION || isDuration(value);
    return allowed ? value : null;
  }

  private static boolean isDuration(String value) {
    long millis = parseMillis(value);
    return millis >= 1_000 && millis <= 3_600_000;
  }

  private static boolean isCount(String value) {
    try {
      int number = Integer.parseInt(value);
      return number >= 0 && number <= 10_000;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static boolean isOn(String value) {
    return value.equals("on") || value.equals("true");
  }

  private static boolean isOff(String value) {
    return value.equals("off") || value.equals("false");
  }

  /** -1 when it is no duration. */
  private static long parseMillis(String value) {
    int digits = 0;
    while (digits < value.length() && Character.isDigit(value.charAt(digits))) {
      digits++;
    }
    if (digits == 0 || digits > 9) {
      return -1;
    }
    long number = Long.parseLong(value.substring(0, digits));
    return switch (value.substring(digits)) {
      case "ms" -> number;
      case "s" -> number * 1_000;
      case "m" -> number * 60_000;
      case "h" -> number * 3_600_000;
      default -> -1;
    };
  }

  private static void reportUnknown(Properties properties, Map<String, String> environment) {
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith("coldstart.") && Option.of(name.substring(10)) == null) {
        unknown(name.substring(10), "-D".concat(AgentLog.printable(name)));
      }
    }
    for (String name : environment.keySet()) {
      if (name.startsWith("COLDSTART_") && !isEnvironmentName(name)) {
        unknown(name, "environment");
      }
    }
  }

  private static boolean isEnvironmentName(String name) {
    for (Option option : Option.values()) {
      if (option.environment().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static void unknown(String key, String source) {
    StringBuilder known = new StringBuilder();
    for (Option option : Option.values()) {
      known.append(known.length() == 0 ? "" : ", ").append(option.key);
    }
    AgentLog.line(
        "unknown option " + AgentLog.printable(key) + " (" + source + "); options are " + known);
  }
}

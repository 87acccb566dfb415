package dev.coldstart.agent;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;

/**
 * Made-up options, from nearly right to noise, given to what reads them in premain. The same number
 * makes the same inputs. Not thread-safe: it looks at what is printed.
 */
public final class OptionInputs {
  private static final String[] VALUES = {
    "",
    "on",
    "off",
    "maybe",
    "0",
    "7",
    "-1",
    "99999999999",
    "5s",
    "1d",
    "\u0661\u0662s",
    "=",
    "{0}",
    "com.acme.A#b",
    "com.acme.A#<init> agent_build x {0.name}",
    "+#",
    "a;b;c",
    "/no/such",
    "\u001b[2J",
    "\u0000",
    "\ud800",
    "<script>",
    "${jndi:x}",
    "%n%s%d",
    "\u202e",
    "'\"`$(id)"
  };

  private static final List<Option> OPTIONS = List.of(Option.values());

  private static final int LONG = 100_000;

  private final Random random;
  private final Path file;

  /**
   * @param folder where files are written that options name
   */
  public OptionInputs(long seed, Path folder) {
    random = new Random(seed);
    file = folder.resolve("options");
  }

  /**
   * One input. Returns what is wrong with what came of it, null when nothing is.
   *
   * @param number which one; its remainder tells the kind
   */
  public String next(int number) throws IOException {
    String arguments = null;
    Properties properties = new Properties();
    Map<String, String> environment = new HashMap<>();
    switch (number % 4) {
      case 0 -> arguments = line(1 + random.nextInt(8), ",");
      case 1 -> {
        for (int i = random.nextInt(6); i >= 0; i--) {
          properties.setProperty("coldstart." + key(), value());
        }
      }
      case 2 -> {
        for (int i = random.nextInt(6); i >= 0; i--) {
          String name = key().toUpperCase(java.util.Locale.ROOT).replace('.', '_');
          environment.put("COLDSTART_" + name, value());
        }
      }
      default -> {
        boolean config = random.nextBoolean();
        Files.write(file, file(config));
        arguments = (config ? "config=" : "probes=") + file;
      }
    }
    return read(arguments, properties, environment);
  }

  private static String read(String arguments, Properties properties, Map<String, String> env) {
    PrintStream err = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      Settings settings = Settings.read(arguments, properties, env);
      for (Option option : Option.values()) {
        if (!settings.text(option).equals(option.byDefault)
            && !Settings.isAllowed(option, settings.text(option))) {
          return option.key + " became " + settings.text(option);
        }
      }
      new UserProbes(settings).probes();
    } catch (RuntimeException | Error e) {
      return "threw " + e;
    } finally {
      System.setErr(err);
    }
    return unclear(said.toString(StandardCharsets.UTF_8));
  }

  /** Each line is one of ours, can be shown on any terminal, and says all in moderate length. */
  public static String unclear(String said) {
    List<String> lines = said.lines().toList();
    if (lines.size() > 2 * (TextFile.MAX_WRONG + 1)) {
      return lines.size() + " lines";
    }
    for (String line : lines) {
      boolean shown = line.codePoints().noneMatch(OptionInputs::isDangerous);
      if (!line.startsWith("coldstart: ") || !shown || line.length() > 2_000) {
        return "said " + line.substring(0, Math.min(200, line.length()));
      }
    }
    return null;
  }

  private static boolean isDangerous(int c) {
    int type = Character.getType(c);
    return type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE;
  }

  private String line(int parts, String between) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < parts; i++) {
      line.append(i == 0 ? "" : between).append(key());
      line.append(random.nextInt(5) == 0 ? "" : "=").append(value());
    }
    return line.toString();
  }

  private String key() {
    Option option = OPTIONS.get(random.nextInt(OPTIONS.size()));
    return switch (random.nextInt(6)) {
      case 0 -> noise(random.nextInt(20));
      case 1 -> option.key + noise(1);
      // The reading of another file is a case of its own.
      default -> option == Option.CONFIG || option == Option.PROBES ? "dir" : option.key;
    };
  }

  private String value() {
    return switch (random.nextInt(20)) {
      case 0 -> noise(LONG);
      case 1, 2 -> noise(random.nextInt(40));
      default -> VALUES[random.nextInt(VALUES.length)];
    };
  }

  private byte[] file(boolean config) {
    byte[] bytes = new byte[random.nextInt(2_000)];
    random.nextBytes(bytes);
    if (random.nextInt(3) == 0) {
      return bytes;
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i >= 0; i--) {
      text.append(config ? line(1, "") : value() + " " + value() + " " + value());
      text.append(random.nextBoolean() ? "\n" : "\r\n");
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private String noise(int length) {
    StringBuilder noise = new StringBuilder();
    for (int i = 0; i < length; i++) {
      noise.append((char) (random.nextInt(3) == 0 ? random.nextInt(0x10000) : random.nextInt(128)));
    }
    return noise.toString();
  }
}

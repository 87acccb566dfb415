package dev.coldstart.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The sample reports of the tests, {@code <name>.json} beside this class. */
public final class Sample {
  /** All of them. */
  public static final List<String> NAMES =
      List.of("cold", "warm", "blocking", "nothing-woven", "no-request");

  /** JSON text of one. */
  public static String json(String name) {
    return text(name + ".json");
  }

  /** One as a model. */
  public static RunReport report(String name) {
    return ReportJson.read(json(name));
  }

  static String text(String file) {
    try (InputStream in = Sample.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Sample() {}
}

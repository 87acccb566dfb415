package dev.coldstart.measure;

import dev.coldstart.report.RecordJson;
import dev.coldstart.report.ReportShape;
import java.lang.reflect.RecordComponent;
import java.util.Set;

/** Samples as JSON text, schema {@value Samples#SCHEMA}. Thread-safe. */
public final class SamplesJson {
  private static final Set<String> NULLABLE =
      Set.of(
          "Environment.commit",
          "Run.problem",
          "Run.first",
          "Run.report",
          "Inside.cold",
          "Inside.warm");

  private static final RecordJson<Samples> JSON =
      new RecordJson<>(Samples.class, Samples.SCHEMA, "samples file", SamplesJson::nullable);

  /** Indented JSON with a line break at the end. */
  public static String write(Samples samples) {
    return JSON.write(samples);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException with one line for people
   */
  public static Samples read(String json) {
    return JSON.read(json);
  }

  static boolean nullable(RecordComponent component) {
    return ReportShape.nullable(component, NULLABLE);
  }

  private SamplesJson() {}
}

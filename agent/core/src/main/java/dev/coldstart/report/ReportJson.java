package dev.coldstart.report;

import com.google.gson.JsonObject;

/** The report as JSON text, schema {@value RunReport#SCHEMA}. Thread-safe. */
public final class ReportJson {
  private static final RecordJson<RunReport> JSON =
      new RecordJson<>(RunReport.class, RunReport.SCHEMA, "report", ReportShape::nullable);

  /** The whole report as indented JSON with a line break at the end. */
  public static String write(RunReport report) {
    return JSON.write(report);
  }

  /** The whole report as a tree of its own, with the names {@link #write} uses. */
  public static JsonObject tree(RunReport report) {
    return JSON.tree(report);
  }

  /**
   * Reads what {@link #write} wrote. Properties it does not know are skipped.
   *
   * @throws IllegalArgumentException with one line for people: not JSON, another schema, or a
   *     property that must be there is not
   */
  public static RunReport read(String json) {
    return JSON.read(json);
  }

  private ReportJson() {}
}

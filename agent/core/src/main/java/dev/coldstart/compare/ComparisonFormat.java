package dev.coldstart.compare;

import dev.coldstart.report.RecordJson;

/** How a comparison can be written. */
public enum ComparisonFormat {
  /** A table for people. */
  TEXT("text"),
  /** For pull requests and step summaries. */
  MARKDOWN("markdown"),
  /** JUnit XML, a test case for each gated metric. */
  JUNIT("junit"),
  /** All of it, schema {@value Comparison#SCHEMA}. */
  JSON("json"),
  /** GitHub workflow commands. */
  GITHUB("github"),
  /** For github-action-benchmark. */
  CUSTOM_SMALLER_IS_BETTER("customSmallerIsBetter"),
  /** Bencher Metric Format. */
  BENCHER("bencher");

  private final String id;

  ComparisonFormat(String id) {
    this.id = id;
  }

  /** The name on the command line. */
  public String id() {
    return id;
  }

  /** The whole text, with a line break at the end. */
  public String render(Comparison comparison) {
    return switch (this) {
      case TEXT -> ComparisonText.render(comparison);
      case MARKDOWN -> ComparisonMarkdown.render(comparison);
      case JUNIT -> JUnitXml.render(comparison);
      case JSON -> json(comparison);
      case GITHUB -> GitHubAnnotations.render(comparison);
      case CUSTOM_SMALLER_IS_BETTER -> BenchmarkJson.customSmallerIsBetter(comparison);
      case BENCHER -> BenchmarkJson.bencher(comparison);
    };
  }

  private static String json(Comparison comparison) {
    return new RecordJson<>(Comparison.class, Comparison.SCHEMA, "comparison", c -> true)
        .write(comparison);
  }
}

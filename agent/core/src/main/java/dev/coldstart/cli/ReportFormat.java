package dev.coldstart.cli;

import java.nio.file.Path;
import java.util.Locale;

/** What {@code report} can write. */
enum ReportFormat {
  TEXT,
  MARKDOWN,
  JSON,
  HTML;

  /** By the extension of a file; text when it has none that is known. */
  static ReportFormat of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    int dot = name.lastIndexOf('.');
    return switch (dot < 0 ? "" : name.substring(dot + 1)) {
      case "html", "htm" -> HTML;
      case "md", "markdown" -> MARKDOWN;
      case "json" -> JSON;
      default -> TEXT;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

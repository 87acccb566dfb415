package dev.coldstart.cli;

import dev.coldstart.report.ReportFile;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;

/** Files that were named on the command line: what cannot be used ends the command with code 2. */
final class InputFile {
  /** A report of one process. */
  static RunReport report(Path file) {
    try {
      return ReportFile.read(file);
    } catch (IllegalArgumentException e) {
      throw Failure.badInput(e.getMessage(), e);
    }
  }

  private InputFile() {}
}

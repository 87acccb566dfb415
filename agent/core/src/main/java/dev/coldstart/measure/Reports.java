package dev.coldstart.measure;

import dev.coldstart.measure.Samples.Inside;
import dev.coldstart.report.ReportFile;
import dev.coldstart.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The reports the agent wrote into a folder. */
public final class Reports {
  private static final long POLL_MILLIS = 20;

  /** The JSON files of a folder, by name. */
  public static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  /** One report. */
  public static RunReport report(Path file) {
    try {
      return ReportFile.read(file);
    } catch (IllegalArgumentException e) {
      throw new BadInput(e.getMessage(), e);
    }
  }

  /** Waits until there is one, and no longer than told. */
  static void await(Path folder, long nanos) throws InterruptedException {
    long begin = System.nanoTime();
    while (System.nanoTime() - begin < nanos) {
      try {
        if (!files(folder).isEmpty()) {
          return;
        }
      } catch (IOException e) {
        // Not there yet.
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  /**
   * The times of the process that served; null when there is no report. A launcher may start other
   * JVMs with the agent: theirs have fewer requests.
   */
  static Inside read(Path folder) {
    try {
      RunReport best = null;
      for (Path file : Files.isDirectory(folder) ? files(folder) : List.<Path>of()) {
        RunReport report = report(file);
        if (best == null || report.requests().size() > best.requests().size()) {
          best = report;
        }
      }
      return best == null ? null : Condensed.of(best);
    } catch (IOException e) {
      return null;
    }
  }

  private Reports() {}
}

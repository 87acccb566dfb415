package dev.coldstart.export;

import dev.coldstart.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * The directory of one process's files {@code <service>-<pid>.<extension>}. A file is replaced as a
 * whole by a rename, so a reader or a kill -9 never meets half of one. After the first failure
 * nothing is tried again: the report stays in memory. Not thread-safe.
 */
public final class ReportDir {
  private static final int MAX_NAME = 80;

  private final Path dir;
  private final String baseName;
  private final Consumer<String> warnings;
  private boolean unwritable;

  /**
   * Touches no file yet.
   *
   * @param service any text; what is no letter, digit, '-', '_' or '.' becomes '_'
   * @param warnings takes at most one line in the life of this object
   */
  public ReportDir(Path dir, String service, long pid, Consumer<String> warnings) {
    this.dir = dir.toAbsolutePath();
    this.baseName = fileName(service) + '-' + pid;
    this.warnings = warnings;
  }

  /** Where the file of an extension is, or would be. */
  public Path file(String extension) {
    return dir.resolve(baseName + '.' + extension);
  }

  /** Whether nothing could be written; true only after a failure. */
  public boolean unwritable() {
    return unwritable;
  }

  /** Replaces the file; readable by the owner only where the file system knows owners. */
  void write(String extension, byte[] content) {
    if (unwritable) {
      return;
    }
    Path file = file(extension);
    try {
      Files.createDirectories(dir);
      WholeFile.replace(file, content);
    } catch (IOException | RuntimeException e) {
      unwritable = true;
      warnings.accept(
          "cannot write "
              + file
              + " ("
              + e.getClass().getSimpleName()
              + "): the report stays in memory; name a writable directory with dir=");
    }
  }

  static String fileName(String service) {
    String name = service.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.-]+", "_");
    if (name.isEmpty()) {
      return "service";
    }
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
  }
}

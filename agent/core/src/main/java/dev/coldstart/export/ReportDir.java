package dev.coldstart.export;

import dev.coldstart.report.WholeFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The directory of one process's files {@code <service>-<pid>.<extension>}. A file is replaced as a
 * whole by a rename, so a reader or a kill -9 never meets half of one. After the first failure
 * nothing is tried again: the report stays in memory. Not thread-safe.
 */
public final class ReportDir {
  private static final int MAX_NAME = 80;

  private static final int KIND = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int WRITABLE_BY_OTHERS = 0022;

  private final Path dir;
  private final long user;
  private final String baseName;
  private final Consumer<String> warnings;
  private boolean unwritable;
  private boolean tidied;

  /**
   * The directory that an option names, or that cannot be: not every name can be written down in
   * every locale.
   *
   * @param dir as it was given
   * @param warnings takes at most one line in the life of this object
   */
  public static ReportDir named(String dir, String service, long pid, Consumer<String> warnings) {
    try {
      return new ReportDir(Path.of(dir), service, pid, warnings);
    } catch (InvalidPathException e) {
      ReportDir none = new ReportDir(Path.of(""), service, pid, warnings);
      none.giveUp(dir.replaceAll("[^\\x20-\\x7e]", "?"), e.getClass().getSimpleName());
      return none;
    }
  }

  /** The directory that a user named: whatever it is, it is meant. */
  public ReportDir(Path dir, String service, long pid, Consumer<String> warnings) {
    this(dir, -1, service, pid, warnings);
  }

  /**
   * Touches no file yet.
   *
   * @param user numeric id of who must own the directory, if it is not root's: one that nobody
   *     named and that somebody else has made, or may write to, is not used. Negative: whose it is
   *     does not matter
   * @param service any text; what is no letter, digit, '-', '_' or '.' becomes '_'
   * @param warnings takes at most one line in the life of this object
   */
  public ReportDir(Path dir, long user, String service, long pid, Consumer<String> warnings) {
    this.dir = dir.toAbsolutePath();
    this.user = user;
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

  /** Makes the directory, for its owner only, if need be. Returns whether it is to be used. */
  public boolean prepare() {
    try {
      if (!unwritable && user >= 0 && Files.exists(dir, LinkOption.NOFOLLOW_LINKS)) {
        refuse(oddity());
      } else if (!unwritable && !Files.exists(dir)) {
        make();
      }
    } catch (IOException | RuntimeException e) {
      refuse(e.getClass().getSimpleName());
    }
    return !unwritable;
  }

  /** Replaces the file; readable by the owner only where the file system knows owners. */
  void write(String extension, byte[] content) {
    if (!prepare()) {
      return;
    }
    try {
      WholeFile.replace(file(extension), content);
      if (!tidied) {
        tidied = true;
        WholeFile.discardLeftOver(dir);
      }
    } catch (IOException | RuntimeException e) {
      refuse(e.getClass().getSimpleName());
    }
  }

  private void make() throws IOException {
    if (dir.getParent() != null) {
      Files.createDirectories(dir.getParent());
    }
    try {
      if (dir.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createDirectory(
            dir,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectory(dir);
      }
    } catch (FileAlreadyExistsException e) {
      // Another process was faster.
      if (user >= 0) {
        refuse(oddity());
      }
    }
  }

  /** Why the directory must not be used, null when it may be. */
  private String oddity() throws IOException {
    Map<String, Object> stat =
        Files.readAttributes(dir, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
    int mode = (Integer) stat.get("mode");
    int owner = (Integer) stat.get("uid");
    if ((mode & KIND) != DIRECTORY) {
      return "its directory is a link or something else";
    }
    if (owner != user && owner != 0) {
      return "its directory belongs to another user";
    }
    return (mode & WRITABLE_BY_OTHERS) != 0 ? "others may write its directory" : null;
  }

  private void refuse(String reason) {
    if (reason != null && !unwritable) {
      giveUp(file("json").toString(), reason);
    }
  }

  private void giveUp(String file, String reason) {
    unwritable = true;
    warnings.accept(
        "cannot write "
            + file
            + " ("
            + reason
            + "): the report stays in memory; name a writable directory with dir=");
  }

  static String fileName(String service) {
    String name = service.replaceAll("[^A-Za-z0-9._-]", "_").replaceFirst("^[.-]+", "_");
    if (name.isEmpty()) {
      return "service";
    }
    return name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME);
  }
}

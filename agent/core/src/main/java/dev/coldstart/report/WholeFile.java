package dev.coldstart.report;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Files that are replaced as a whole: neither a reader nor a kill -9 ever meets half of one. */
public final class WholeFile {
  private static final String TEMPORARY = ".tmp";

  /** One that is being written is never that old. */
  private static final long LEFT_OVER_MILLIS = TimeUnit.HOURS.toMillis(1);

  /** Readable by the owner only where the file system knows owners. */
  public static void replace(Path file, byte[] content) throws IOException {
    Path temp = file.resolveSibling("." + file.getFileName() + TEMPORARY);
    try {
      Files.deleteIfExists(temp);
      try (OutputStream out = create(temp)) {
        out.write(content);
      }
      rename(temp, file);
    } catch (IOException | RuntimeException | Error e) {
      discard(temp);
      throw e;
    }
  }

  /** Removes what processes that were killed meanwhile left of replacing files of a folder. */
  public static void discardLeftOver(Path folder) {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, ".*-*" + TEMPORARY)) {
      for (Path file : all) {
        long written = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toMillis();
        if (System.currentTimeMillis() - written > LEFT_OVER_MILLIS) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException | RuntimeException ignored) {
      // Another process was faster, or they are another user's: the next one may do it.
    }
  }

  /** Creates it anew, so that a link somebody else put there is never followed. */
  private static OutputStream create(Path temp) throws IOException {
    boolean posix = temp.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    return Channels.newOutputStream(
        Files.newByteChannel(
            temp, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly));
  }

  private static void rename(Path temp, Path file) throws IOException {
    try {
      Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temp, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void discard(Path temp) {
    try {
      Files.deleteIfExists(temp);
    } catch (IOException | RuntimeException ignored) {
      // The directory is unwritable anyway, and that is what the caller learns.
    }
  }

  private WholeFile() {}
}

package dev.coldstart.weave;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The directory of the cache. What is in it becomes code of this process, so it is used only when
 * it and the file belong to this user or to root and nobody else may write them. An image may so
 * bring a cache that root made, for a service that may only read it.
 *
 * <p>Numbers of owner and mode come from one call of {@code stat}; names of users are never looked
 * up. The agent's jar was opened by the same part of the JDK before.
 */
final class CacheDir {
  private static final int MAX_FILES = 8;
  private static final long MAX_AGE_NANOS = TimeUnit.DAYS.toNanos(30);
  private static final long MAX_TEMPORARY_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final int KIND = 0170000;
  private static final int DIRECTORY = 0040000;
  private static final int REGULAR = 0100000;
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int READABLE_BY_OTHERS = 0044;
  private static final String PREFIX = "woven-";
  private static final String SUFFIX = ".bin";
  private static final String TEMPORARY = ".tmp";

  private final File path;
  private final boolean asked;
  private final long user;
  private String oddity;

  /**
   * A directory that need not exist.
   *
   * @param asked whether it is worth a warning when it cannot be made
   * @param user numeric id of this process' user
   */
  CacheDir(File path, boolean asked, long user) {
    this.path = path;
    this.asked = asked;
    this.user = user;
  }

  /** Why it is not used, with a next step; null when nothing is wrong. */
  synchronized String oddity() {
    return oddity;
  }

  /** The file with this key, null when there is none or it must not be used. */
  File readable(long key) {
    File file = file(key);
    return trusted(path.toPath(), DIRECTORY) && trusted(file.toPath(), REGULAR) ? file : null;
  }

  /** Makes the directory if need be. Returns whether it can be written to. */
  boolean prepare() throws IOException {
    Path dir = path.toPath();
    if (!Files.exists(dir, LinkOption.NOFOLLOW_LINKS)) {
      try {
        if (asked && dir.getParent() != null) {
          Files.createDirectories(dir.getParent());
        }
        Files.createDirectory(dir, PosixFilePermissions.asFileAttribute(permissions("rwx------")));
      } catch (IOException e) {
        // Another process may have made it; else a system without a place for it is no news.
        if (asked && !Files.exists(dir, LinkOption.NOFOLLOW_LINKS)) {
          throw e;
        }
      }
    }
    return trusted(dir, DIRECTORY) && Files.isWritable(dir);
  }

  /** Replaces the file with this key in one step, and tidies up. */
  void write(long key, List<WovenFile.Entry> entries) throws IOException {
    Path dir = path.toPath();
    Path temporary =
        dir.resolve(
            name(key) + "-" + ProcessHandle.current().pid() + "-" + System.nanoTime() + TEMPORARY);
    Set<PosixFilePermission> owner = permissions("rw-------");
    try {
      try (OutputStream out =
          new BufferedOutputStream(
              Channels.newOutputStream(
                  Files.newByteChannel(
                      temporary,
                      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                      PosixFilePermissions.asFileAttribute(owner))))) {
        WovenFile.write(out, key, entries);
      }
      // A directory that others may read was made for them.
      if ((mode(dir) & READABLE_BY_OTHERS) == READABLE_BY_OTHERS) {
        Files.setPosixFilePermissions(temporary, permissions("rw-r--r--"));
      }
      Files.move(temporary, file(key).toPath(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
    tidy(dir);
  }

  /** Notes that the file is in use, for those that look for old ones. */
  void touch(long key) throws IOException {
    Path file = file(key).toPath();
    if (age(file) > TimeUnit.DAYS.toNanos(1) && Files.isWritable(file)) {
      Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
    }
  }

  private void tidy(Path dir) throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(dir, PREFIX + "*")) {
      for (Path file : all) {
        boolean temporary = file.toString().endsWith(TEMPORARY);
        if (age(file) > (temporary ? MAX_TEMPORARY_NANOS : MAX_AGE_NANOS)) {
          Files.deleteIfExists(file);
        } else if (!temporary) {
          files.add(file);
        }
      }
    }
    files.sort(Comparator.comparingLong(CacheDir::age));
    for (int i = MAX_FILES; i < files.size(); i++) {
      Files.deleteIfExists(files.get(i));
    }
  }

  /** ns since the file was written, 0 when it is gone. */
  private static long age(Path file) {
    try {
      long millis = System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis();
      return TimeUnit.MILLISECONDS.toNanos(millis);
    } catch (IOException e) {
      return 0;
    }
  }

  /** Whether a path is of this kind and only this user or root may have written it. */
  private boolean trusted(Path path, int kind) {
    try {
      Map<String, Object> stat =
          Files.readAttributes(path, "unix:mode,uid", LinkOption.NOFOLLOW_LINKS);
      int mode = (Integer) stat.get("mode");
      int owner = (Integer) stat.get("uid");
      String what = kind == DIRECTORY ? "directory" : "file";
      if ((mode & KIND) != kind) {
        return odd("was not used: its " + what + " is a link or something else; name another");
      }
      if (owner != user && owner != 0) {
        return odd("was not used: its " + what + " belongs to another user; name another cache=");
      }
      if ((mode & WRITABLE_BY_OTHERS) != 0) {
        return odd("was not used: others may write its " + what + "; take their right away");
      }
      return true;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException | RuntimeException e) {
      return asked && odd("was not used: " + e.getClass().getSimpleName());
    }
  }

  private static int mode(Path path) throws IOException {
    return (Integer) Files.getAttribute(path, "unix:mode");
  }

  private synchronized boolean odd(String what) {
    oddity = what;
    return false;
  }

  private File file(long key) {
    return new File(path, name(key) + SUFFIX);
  }

  private static String name(long key) {
    return PREFIX + Long.toHexString(key);
  }

  private static Set<PosixFilePermission> permissions(String text) {
    return PosixFilePermissions.fromString(text);
  }
}

package dev.coldstart.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Reads files that somebody named and that may be anything. What cannot be used is an {@link
 * IllegalArgumentException} whose message is one line for people that names the file; nothing is
 * read without a bound.
 */
public final class ReportFile {
  /** Many times the largest report; parsing takes several times as much memory. */
  static final int MAX_BYTES = 256 * 1024 * 1024;

  private static final String WHICH =
      "name the <service>-<pid>.json the agent wrote (its path is the summary's last line)";

  /** A report of one process. */
  public static RunReport read(Path file) {
    String text = text(file, MAX_BYTES, WHICH);
    try {
      return ReportJson.read(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw new IllegalArgumentException(file + " needs more memory: java -Xmx4g -jar ...", e);
    }
  }

  /**
   * The text of any file.
   *
   * @param maxBytes a larger file is refused, before it is read where its size is known
   * @param hint which file to name instead, for people
   */
  public static String text(Path file, int maxBytes, String hint) {
    try {
      if (Files.isDirectory(file)) {
        throw unusable(file + " is a directory", hint, null);
      }
      // Pipes and devices have no size, so the size alone is no bound.
      byte[] bytes = Files.size(file) > maxBytes ? null : bytes(file, maxBytes);
      if (bytes == null) {
        throw unusable(file + " is larger than " + maxBytes / (1024 * 1024) + " MB", hint, null);
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (NoSuchFileException e) {
      throw unusable("no such file: " + file, hint, e);
    } catch (CharacterCodingException e) {
      throw unusable(file + " is not UTF-8 text", hint, e);
    } catch (IOException e) {
      throw unusable("cannot read " + file, hint, e);
    }
  }

  /** Null when there are more. */
  private static byte[] bytes(Path file, int max) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(max + 1);
      return bytes.length > max ? null : bytes;
    }
  }

  private static IllegalArgumentException unusable(String what, String hint, Throwable cause) {
    return new IllegalArgumentException(what + ": " + hint, cause);
  }

  private ReportFile() {}
}

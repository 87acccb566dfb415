package dev.coldstart.agent;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Files of {@code /proc} and cgroups, without {@code java.nio.file}: read while requests run. */
final class SmallFile {
  private static final int MAX_BYTES = 1 << 16;

  private SmallFile() {}

  /** The text, null when it cannot be read. */
  static String read(String path) {
    try (FileInputStream in = new FileInputStream(path)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
    } catch (IOException | SecurityException e) {
      return null;
    }
  }
}

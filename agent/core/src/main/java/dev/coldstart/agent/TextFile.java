package dev.coldstart.agent;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A file that an option names, read in premain: without NIO files. */
final class TextFile {
  static final int MAX_PATH = 1_000;

  private TextFile() {}

  /** Its lines; what cannot be read costs one line on stderr and is empty. */
  static List<String> lines(Option option, String path) {
    List<String> lines = new ArrayList<>();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(new FileInputStream(new File(path)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      AgentLog.line(
          "cannot read "
              + option.key
              + "="
              + AgentLog.printable(path, MAX_PATH)
              + ": going on without it; check the path and its permissions");
    }
    return lines;
  }
}

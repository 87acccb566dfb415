package dev.coldstart.agent;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A file that an option names, read in premain: without NIO files. */
final class TextFile {
  static final int MAX_PATH = 1_000;

  /** Wrong lines that are told one by one. */
  static final int MAX_WRONG = 20;

  private static final int MAX_BYTES = 1 << 20;

  private TextFile() {}

  /** Its lines; what cannot be read costs one line on stderr and is empty. */
  static List<String> lines(Option option, String path) {
    File file = new File(path);
    // A pipe or a device may never end.
    if (!file.isFile()) {
      return none("cannot read ", option, path, "check the path and its permissions");
    }
    try (FileInputStream in = new FileInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      return bytes.length > MAX_BYTES
          ? none("more than 1 MB in ", option, path, "is it the right file?")
          : lines(bytes);
    } catch (IOException | SecurityException e) {
      return none("cannot read ", option, path, "check the path and its permissions");
    }
  }

  private static List<String> lines(byte[] bytes) throws IOException {
    List<String> lines = new ArrayList<>();
    BufferedReader reader =
        new BufferedReader(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      lines.add(line);
    }
    return lines;
  }

  private static List<String> none(String wrong, Option option, String path, String todo) {
    String shown = AgentLog.printable(path, MAX_PATH);
    AgentLog.line(wrong + option.key + "=" + shown + ": going on without it; " + todo);
    return new ArrayList<>();
  }

  /** What to say after {@link #MAX_WRONG} wrong ones. */
  static void tooMany(String source) {
    AgentLog.line(
        source + ": " + MAX_WRONG + " mistakes in it, the rest is left out; is it what was meant?");
  }
}

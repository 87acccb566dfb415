package dev.coldstart.measure;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Looks for the first data in a stream of server-sent events that comes in pieces. */
final class EventData {
  private static final int MAX_LINE = 1 << 20;

  private final Pattern wanted;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * A stream.
   *
   * @param wanted what the data must match, null for any that is not empty
   */
  EventData(Pattern wanted) {
    this.wanted = wanted;
  }

  /** Whether it is in this piece, together with what came before. */
  boolean in(byte[] piece) {
    boolean found = false;
    for (byte b : piece) {
      if (b == '\n' || b == '\r') {
        found |= isData(line.toString(StandardCharsets.UTF_8));
        line.reset();
      } else if (line.size() < MAX_LINE) {
        line.write(b);
      }
    }
    return found;
  }

  private boolean isData(String text) {
    if (!text.startsWith("data:")) {
      return false;
    }
    String data = text.substring("data:".length()).strip();
    return wanted == null ? !data.isEmpty() : wanted.matcher(data).find();
  }
}

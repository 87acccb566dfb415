package dev.coldstart.demo.backends;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Standard input that holds the first `tools/list` message back and reports its own end. */
final class SlowFirstToolListInput extends InputStream {
  private final InputStream in;
  private final Runnable delay;
  private final Runnable atEnd;
  private boolean delayed;
  private byte[] line = new byte[0];
  private int next;

  SlowFirstToolListInput(InputStream in, Runnable delay, Runnable atEnd) {
    this.in = in;
    this.delay = delay;
    this.atEnd = atEnd;
  }

  @Override
  public int read() throws IOException {
    return fill() ? line[next++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, line.length - next);
    System.arraycopy(line, next, target, offset, n);
    next += n;
    return n;
  }

  /** One message is one line: never hand out more than that, or a delay would come too late. */
  private boolean fill() throws IOException {
    if (next < line.length) {
      return true;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int b;
    while ((b = in.read()) >= 0) {
      bytes.write(b);
      if (b == '\n') {
        break;
      }
    }
    line = bytes.toByteArray();
    next = 0;
    if (line.length == 0) {
      atEnd.run();
      return false;
    }
    if (!delayed && isToolList(new String(line, UTF_8))) {
      delayed = true;
      delay.run();
    }
    return true;
  }

  private static boolean isToolList(String message) throws IOException {
    return StandInServer.JSON.readTree(message).path("method").asText().equals("tools/list");
  }
}

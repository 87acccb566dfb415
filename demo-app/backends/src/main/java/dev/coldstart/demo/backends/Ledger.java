package dev.coldstart.demo.backends;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The record of every injected delay: one JSON line each, times from {@link System#nanoTime}.
 *
 * <p>On Linux that clock is the machine's monotonic clock, so the lines compare with times taken in
 * another process on the same machine. The stdio tool server is such a process and appends to the
 * same file: each line is one write to a file opened for appending.
 */
final class Ledger implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final FileChannel channel;

  Ledger(Path file) throws IOException {
    this.file = file;
    channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** One line of the file. */
  record Entry(
      DelayKind kind,
      @JsonProperty("start_ns") long startNs,
      @JsonProperty("end_ns") long endNs,
      Map<String, Object> detail) {}

  Path file() {
    return file;
  }

  /** Sleeps, then writes down how long the sleep really was. */
  void inject(DelayKind kind, double ms, Map<String, Object> detail) {
    long start = System.nanoTime();
    sleepUntil(start + (long) (ms * 1_000_000));
    record(kind, start, System.nanoTime(), detail);
  }

  void record(DelayKind kind, long startNs, long endNs, Map<String, Object> detail) {
    try {
      String line = JSON.writeValueAsString(new Entry(kind, startNs, endNs, detail)) + "\n";
      synchronized (this) {
        channel.write(ByteBuffer.wrap(line.getBytes(UTF_8)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to the ledger " + file, e);
    }
  }

  /** The lines of a file of JSON lines, a ledger or a visitor's. */
  static List<JsonNode> read(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank()) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  String text() throws IOException {
    return Files.readString(file);
  }

  /** Writers append, so they go on at the new end. */
  void clear() throws IOException {
    Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
        .close();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  static void sleepUntil(long deadlineNs) {
    try {
      for (long left; (left = deadlineNs - System.nanoTime()) > 0; ) {
        TimeUnit.NANOSECONDS.sleep(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.coldstart.it.harness;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Makes looking up {@code localhost} take a known time in a fork. The JDK reads a file of hosts for
 * each look-up; here that is a named pipe, which waits for its writer.
 */
public final class SlowNames implements Closeable {
  /** Until a reader has seen the end: a writer that comes back earlier would be read on. */
  private static final long END_MILLIS = 100;

  private final Path pipe;
  private final long millis;
  private final List<LookUp> lookUps = new CopyOnWriteArrayList<>();
  private volatile boolean closed;

  /**
   * A look-up.
   *
   * @param askedNanos {@link System#nanoTime()} when the pipe was opened
   * @param answeredNanos before the answer was written
   */
  public record LookUp(long askedNanos, long answeredNanos) {}

  /** With its pipe in a folder. */
  public SlowNames(Path folder, long millis) throws IOException, InterruptedException {
    pipe = folder.resolve("hosts");
    this.millis = millis;
    int made = new ProcessBuilder("mkfifo", pipe.toString()).inheritIO().start().waitFor();
    if (made != 0) {
      throw new IOException("mkfifo ended with " + made);
    }
    Thread writer = new Thread(this::write, "slow names");
    writer.setDaemon(true);
    writer.start();
  }

  /** Options of the fork. */
  public String[] jvm() {
    return new String[] {"-Djdk.net.hosts.file=" + pipe, "-Dsun.net.inetaddr.ttl=0"};
  }

  /** The look-ups since the last time this was asked. */
  public List<LookUp> take() {
    List<LookUp> all = List.copyOf(lookUps);
    lookUps.clear();
    return all;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    new FileInputStream(pipe.toFile()).close();
  }

  private void write() {
    try {
      while (!closed) {
        try (OutputStream out = new FileOutputStream(pipe.toFile())) {
          long asked = System.nanoTime();
          TimeUnit.MILLISECONDS.sleep(closed ? 0 : millis);
          lookUps.add(new LookUp(asked, System.nanoTime()));
          out.write("127.0.0.1 localhost\n".getBytes(StandardCharsets.US_ASCII));
        }
        TimeUnit.MILLISECONDS.sleep(END_MILLIS);
      }
    } catch (IOException | InterruptedException e) {
      // The reader is gone.
    }
  }
}

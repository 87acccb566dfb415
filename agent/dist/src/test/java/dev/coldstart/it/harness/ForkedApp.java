package dev.coldstart.it.harness;

import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A running fork. Closing it kills it, so that nothing outlives a test. */
public final class ForkedApp implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  /** How long the output of a fork that has ended is read, if another process still has it open. */
  private static final Duration LEFT_OVER = Duration.ofSeconds(5);

  private static final String PORT = "port=";

  private final long startNanos = System.nanoTime();
  private final Process process;
  private final Path reports;
  private final Sink out;
  private final Sink err;

  /**
   * What is left of a fork.
   *
   * @param exit its exit code
   * @param time from fork to end
   */
  public record Ended(int exit, String out, String err, Duration time) {
    /** Lines of stderr that come from the agent. */
    public List<String> coldstartLines() {
      return err.lines().filter(line -> line.startsWith("coldstart: ")).toList();
    }

    /** The other lines of stderr. */
    public List<String> otherLines() {
      return err.lines().filter(line -> !line.startsWith("coldstart: ")).toList();
    }
  }

  ForkedApp(Process process, Path reports) {
    this.process = process;
    this.reports = reports;
    out = new Sink(process.getInputStream());
    err = new Sink(process.getErrorStream());
  }

  /** The port the app says it listens on. */
  public int port() {
    await("a line " + PORT, () -> line(PORT) != null);
    return Integer.parseInt(line(PORT));
  }

  /** A client of {@link #port()}. */
  public RawHttp http() {
    return new RawHttp(port());
  }

  /** What follows {@code prefix} in its line of stdout, null before there is one. */
  public String line(String prefix) {
    String text = out.text();
    return text.lines()
        .limit(text.endsWith("\n") ? Long.MAX_VALUE : Math.max(0, text.lines().count() - 1))
        .filter(line -> line.startsWith(prefix))
        .map(line -> line.substring(prefix.length()))
        .findFirst()
        .orElse(null);
  }

  /** Process id. */
  public long pid() {
    return process.pid();
  }

  /** Waits until something is so. */
  public void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0 || (!process.isAlive() && !condition.getAsBoolean())) {
        throw new AssertionError("no " + what + " from the fork\n" + out.text() + err.text());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Writes a line to its stdin. */
  public void tell(String line) {
    try {
      process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stderr holds so far. */
  public String err() {
    return err.text();
  }

  /** Waits until the report on disk has so many requests. */
  public RunReport awaitRequests(int count) {
    await(count + " requests", () -> exists() && report(reports).requests().size() >= count);
    return report(reports);
  }

  /** Sends a signal, "STOP" or "TERM", say. */
  public void signal(String name) {
    try {
      int exit = new ProcessBuilder("kill", "-" + name, "" + pid()).start().waitFor();
      if (exit != 0 && process.isAlive()) {
        throw new IllegalStateException("kill -" + name + " ended with " + exit);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether it has not ended yet. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGTERM, then waits for the end. */
  public Ended stop() {
    // Not the process itself: that would close its streams, and what it says last would be lost.
    process.toHandle().destroy();
    return await();
  }

  /** SIGKILL, then waits for the end. */
  public Ended kill() {
    process.toHandle().destroyForcibly();
    return await();
  }

  /** Waits for the end. */
  public Ended await() {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the fork did not end\n" + out.text() + err.text());
      }
      Duration time = Duration.ofNanos(System.nanoTime() - startNanos);
      out.join(LEFT_OVER.toMillis());
      err.join(LEFT_OVER.toMillis());
      return new Ended(process.exitValue(), out.text(), err.text(), time);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      close();
    }
  }

  /** The one report of a folder. */
  public static RunReport report(Path folder) {
    try {
      return ReportJson.read(Files.readString(file(folder, ".json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one file with this ending. */
  public static Path file(Path folder, String ending) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(f -> f.toString().endsWith(ending)).toList();
      if (found.size() != 1) {
        throw new AssertionError("expected one *" + ending + " but found " + found);
      }
      return found.get(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The report as it is now. */
  public RunReport report() {
    return report(reports);
  }

  /** The folder of the reports. */
  public Path reports() {
    return reports;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private boolean exists() {
    try (Stream<Path> files = Files.exists(reports) ? Files.list(reports) : Stream.empty()) {
      return files.anyMatch(f -> f.toString().endsWith(".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes what a stream gives, so that the fork never waits for a reader. */
  private static final class Sink extends Thread {
    private final InputStream in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Sink(InputStream in) {
      this.in = in;
      setDaemon(true);
      start();
    }

    @Override
    public void run() {
      try {
        in.transferTo(bytes);
      } catch (IOException e) {
        // Killed; what came so far counts.
      }
    }

    String text() {
      return bytes.toString(StandardCharsets.UTF_8);
    }
  }
}

package dev.coldstart.cli;

import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RunReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One run of a service with the agent, watched through the report the agent writes. */
final class TrainingRun {
  private static final String TOOL_OPTIONS = "JAVA_TOOL_OPTIONS";
  private static final Set<String> JAVA = Set.of("java", "java.exe", "javaw", "javaw.exe");
  private static final long POLL_MILLIS = 100;
  private static final int CONNECT_MILLIS = 2_000;

  /** The agent writes the cache right after a report; at the end of a process it is in a hurry. */
  private static final long SETTLE_MILLIS = 1_500;

  private static final long STOP_SECONDS = 20;

  private final List<String> options;
  private final Path reports;
  private final long deadlineNanos;
  private RunReport report;

  /**
   * A run to be made.
   *
   * @param cache where woven classes go
   * @param reports an empty directory
   * @param limit of the whole run
   */
  TrainingRun(Path jar, Path cache, Path reports, Duration limit) {
    this.reports = reports;
    deadlineNanos = System.nanoTime() + limit.toNanos();
    // As properties where a path could hold a comma.
    options =
        List.of(
            "-javaagent:" + jar + "=enabled=on,export.delay=1s,summary=off,jfr=off,otel=off",
            "-Dcoldstart.cache=" + cache,
            "-Dcoldstart.dir=" + reports);
  }

  /**
   * Starts the command and stops it once it has done enough.
   *
   * @param url of a request to send, null for none
   * @return why it was stopped
   */
  String run(List<String> command, URI url) throws IOException, InterruptedException {
    Process process = start(command);
    try {
      String end = null;
      while (end == null) {
        end = process.isAlive() ? reached(url) : "the command ended";
        if (end == null && System.nanoTime() - deadlineNanos > 0) {
          end = "time is up";
        }
        TimeUnit.MILLISECONDS.sleep(end == null ? POLL_MILLIS : SETTLE_MILLIS);
      }
      return end;
    } finally {
      stop(process);
      read();
    }
  }

  /** Null when there is more to wait for. */
  private String reached(URI url) throws IOException {
    if (url != null) {
      return answers(url) ? "the first request was answered" : null;
    }
    read();
    boolean ready = report != null && report.startup().readyNanos() != null;
    return ready ? "the service is ready" : null;
  }

  private boolean answers(URI url) {
    try {
      HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
      long left = TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime());
      connection.setConnectTimeout(CONNECT_MILLIS);
      connection.setReadTimeout((int) Math.max(1, left));
      InputStream body =
          connection.getResponseCode() < 400
              ? connection.getInputStream()
              : connection.getErrorStream();
      if (body != null) {
        try (body) {
          body.transferTo(OutputStream.nullOutputStream());
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Process start(List<String> command) throws IOException {
    List<String> words = new ArrayList<>(command);
    ProcessBuilder builder = new ProcessBuilder(words).inheritIO();
    Path program = Path.of(command.get(0)).getFileName();
    if (program != null && JAVA.contains(program.toString())) {
      words.addAll(1, options);
    } else {
      String given = builder.environment().get(TOOL_OPTIONS);
      String ours = String.join(" ", options);
      builder.environment().put(TOOL_OPTIONS, given == null ? ours : given + " " + ours);
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw Failure.badInput("cannot start " + command.get(0) + ": name a program", e);
    }
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
  }

  /** Below a launcher there may be several JVMs: the one that wove most is the service. */
  private void read() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(reports, "*.json")) {
      for (Path file : files) {
        RunReport read = ReportJson.read(Files.readString(file));
        if (report == null || read.agent().classesWoven() >= report.agent().classesWoven()) {
          report = read;
        }
      }
    } catch (IllegalArgumentException e) {
      throw new Failure("the report of this run cannot be read: " + e.getMessage(), e);
    }
  }

  /** Classes of libraries, without those of the JDK. */
  int classesWoven() {
    return report == null ? 0 : report.agent().classesWoven();
  }

  List<String> libraries() {
    return report.agent().libraries();
  }

  List<String> warnings() {
    return report == null ? List.of() : report.agent().warnings();
  }
}

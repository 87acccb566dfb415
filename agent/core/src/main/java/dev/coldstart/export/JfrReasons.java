package dev.coldstart.export;

import dev.coldstart.report.Explained;
import dev.coldstart.report.RequestReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the running JFR recordings tell about the unattributed stretches of a request. Reading
 * starts a new chunk of the recording and copies those that overlap the request into a temporary
 * file, which is deleted at once: it holds what must not be kept, such as paths and hosts. Bounded
 * in bytes, events and time. Not thread-safe.
 */
public final class JfrReasons {
  private static final long MAX_BYTES = 48L << 20;
  private static final int MAX_EVENTS = 1_000_000;
  private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int LOOK_EVERY = 256;

  /** Events are written when they end; some that began in the request end soon after. */
  private static final Duration AFTER = Duration.ofMillis(500);

  private static final String PERIOD = "jdk.ExecutionSample#period";
  private static final long USUAL_PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  /**
   * What was found.
   *
   * @param reasons largest first
   * @param missing one line when not all was read, else null
   */
  public record Found(List<Explained.Reason> reasons, String missing) {}

  /** Whether a recording runs. Initialises nothing of JFR. */
  public boolean running() {
    return FlightRecorder.isInitialized()
        && FlightRecorder.getFlightRecorder().getRecordings().stream()
            .anyMatch(recording -> recording.getState() == RecordingState.RUNNING);
  }

  /**
   * Reads the events of a request.
   *
   * @param threads ids of the threads that worked for it
   * @param stop says when to give up
   */
  public Found of(RequestReport request, Set<Long> threads, BooleanSupplier stop) {
    JfrTally tally = new JfrTally(request, threads, periodNanos());
    Path file = null;
    try {
      file = Files.createTempFile("coldstart", ".jfr");
      String missing = copy(request, file);
      if (missing == null) {
        missing = read(file, tally, stop);
      }
      return new Found(tally.reasons(), missing);
    } catch (IOException | RuntimeException | LinkageError e) {
      return new Found(tally.reasons(), "events: the recording could not be read: " + e.getClass());
    } finally {
      delete(file);
    }
  }

  private static String copy(RequestReport request, Path file) throws IOException {
    Instant begin = instant(request.startEpochNanos());
    Instant end = instant(request.startEpochNanos() + request.wallNanos()).plus(AFTER);
    try (Recording snapshot = FlightRecorder.getFlightRecorder().takeSnapshot();
        InputStream in = snapshot.getStream(begin, end)) {
      if (in == null) {
        return "events: the recording holds none of this request";
      }
      try (OutputStream out = Files.newOutputStream(file)) {
        byte[] buffer = new byte[1 << 16];
        long sum = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          sum += n;
          if (sum > MAX_BYTES) {
            return "events: more than " + (MAX_BYTES >> 20) + " MB were recorded meanwhile";
          }
          out.write(buffer, 0, n);
        }
      }
    }
    return null;
  }

  private static String read(Path file, JfrTally tally, BooleanSupplier stop) throws IOException {
    long begin = System.nanoTime();
    try (RecordingFile events = new RecordingFile(file)) {
      for (int i = 0; events.hasMoreEvents(); i++) {
        boolean late = i % LOOK_EVERY == 0 && System.nanoTime() - begin > MAX_NANOS;
        if (late || i >= MAX_EVENTS || stop.getAsBoolean()) {
          return "events: reading the recording took too long; only part of it counts";
        }
        tally.add(events.readEvent());
      }
    }
    return null;
  }

  /** Of the recording that samples most often. */
  private static long periodNanos() {
    long least = Long.MAX_VALUE;
    for (Recording recording : FlightRecorder.getFlightRecorder().getRecordings()) {
      String period = recording.getSettings().get(PERIOD);
      if (recording.getState() == RecordingState.RUNNING && period != null) {
        least = Math.min(least, nanos(period));
      }
    }
    return least == Long.MAX_VALUE ? USUAL_PERIOD_NANOS : least;
  }

  /** "20 ms" and the like; what is not a time ("everyChunk") is the usual. */
  static long nanos(String period) {
    String[] parts = period.trim().split(" ", -1);
    try {
      long amount = Long.parseLong(parts[0]);
      return switch (parts.length == 2 ? parts[1] : "") {
        case "ns" -> amount;
        case "us" -> TimeUnit.MICROSECONDS.toNanos(amount);
        case "ms" -> TimeUnit.MILLISECONDS.toNanos(amount);
        case "s" -> TimeUnit.SECONDS.toNanos(amount);
        default -> USUAL_PERIOD_NANOS;
      };
    } catch (NumberFormatException e) {
      return USUAL_PERIOD_NANOS;
    }
  }

  private static Instant instant(long epochNanos) {
    return Instant.EPOCH.plusNanos(epochNanos);
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // Readable by the owner only, in the folder for such files.
    }
  }
}

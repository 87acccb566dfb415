package dev.coldstart.export;

import dev.coldstart.phase.Phase;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.phase.Slice;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;

/**
 * Events {@code dev.coldstart.Request} and {@code dev.coldstart.Phase} for every finished request
 * while a recording runs, one {@code dev.coldstart.Startup}, and for a recording that came late one
 * {@code dev.coldstart.Earlier}. Without a recording nothing of JFR is initialised. Not
 * thread-safe.
 */
public final class JfrEvents implements Exporter {
  private static final long MAX_BYTES = 64L << 20;

  private static final List<String> WAITS =
      List.of(
          "jdk.JavaMonitorEnter",
          "jdk.JavaMonitorWait",
          "jdk.ThreadPark",
          "jdk.ThreadSleep",
          "jdk.FileRead",
          "jdk.FileWrite",
          "jdk.FileForce",
          "jdk.SocketRead",
          "jdk.SocketWrite");

  /** What the default settings tell of command lines, variables and messages, which are secret. */
  private static final List<String> SECRET =
      List.of(
          "jdk.JVMInformation",
          "jdk.InitialEnvironmentVariable",
          "jdk.InitialSystemProperty",
          "jdk.SystemProcess",
          "jdk.ProcessStart",
          "jdk.JavaErrorThrow",
          "jdk.JavaExceptionThrow");

  /** Finished while nothing recorded; the first of them, null when there are none. */
  private int earlier;

  private RequestReport firstEarlier;
  private boolean startupTold;

  /** Whether the first requests have got their kinds: the start-up is final then. */
  private boolean decided;

  /** Whether this Java runtime was built with JFR; without it this class must not be used. */
  public static boolean available() {
    return ModuleLayer.boot().findModule("jdk.jfr").isPresent();
  }

  /**
   * Starts a recording with the JDK's "default" settings less what tells secrets, at most 64 MB on
   * disk, dumped to the file when the JVM exits. Takes half a second when JFR is not up yet.
   *
   * @param file where to dump; its directory is created
   * @param warnings takes one line when it could not be started
   * @return whether it was started
   */
  public static boolean startRecording(Path file, Consumer<String> warnings) {
    try {
      Path absolute = file.toAbsolutePath();
      Files.createDirectories(absolute.getParent());
      Recording recording = new Recording(jdk.jfr.Configuration.getConfiguration("default"));
      recording.setName("coldstart");
      enableWhatExplains(recording);
      SECRET.forEach(recording::disable);
      recording.setToDisk(true);
      recording.setMaxSize(MAX_BYTES);
      recording.setDumpOnExit(true);
      recording.setDestination(absolute);
      recording.start();
      return true;
    } catch (Exception | LinkageError e) {
      warnings.accept("jfr=on: no recording was started: " + e);
      return false;
    }
  }

  /**
   * The default settings leave out what is short; a request's unattributed time is made of that.
   */
  static void enableWhatExplains(Recording recording) {
    recording.enable("jdk.ClassLoad").withoutStackTrace().withoutThreshold();
    recording.enable("jdk.Compilation").withThreshold(Duration.ofMillis(10));
    recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
    for (String wait : WAITS) {
      recording.enable(wait).withThreshold(Duration.ofMillis(1));
    }
  }

  @Override
  public void request(RequestReport request, boolean kept) {
    decided = true;
    if (!recording()) {
      earlier++;
      firstEarlier = firstEarlier == null ? request : firstEarlier;
      return;
    }
    tellEarlier();
    new JfrRequest().fill(request).commit();
    long unattributed = request.unattributedNanos();
    phase(request, new PhaseTime(Phase.UNATTRIBUTED, unattributed, unattributed, 0, 0, false));
    request.phases().forEach(phase -> phase(request, phase));
  }

  @Override
  public void report(RunReport report) {
    if (decided && !startupTold && recording()) {
      startupTold = true;
      new JfrStartup().fill(report).commit();
      tellEarlier();
    }
  }

  /** Asks JFR only when it is up, so that nothing of it is loaded for the question. */
  private static boolean recording() {
    return FlightRecorder.isInitialized() && new JfrRequest().shouldCommit();
  }

  private void tellEarlier() {
    if (firstEarlier != null) {
      new JfrEarlier().fill(earlier, firstEarlier).commit();
      firstEarlier = null;
      earlier = 0;
    }
  }

  private static void phase(RequestReport request, PhaseTime phase) {
    JfrPhase event = new JfrPhase();
    if (!event.shouldCommit()) {
      return;
    }
    long first = 0;
    long last = 0;
    boolean owned = false;
    for (Slice slice : request.slices()) {
      if (slice.phase().equals(phase.phase())) {
        first = owned ? first : slice.startNanos();
        last = slice.endNanos();
        owned = true;
      }
    }
    event.fill(request, phase, first, last).commit();
  }
}

package dev.coldstart.it.chaos;

import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.it.harness.Seen;
import dev.coldstart.it.harness.Seen.End;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.it.harness.Windows;
import dev.coldstart.report.Explained.Reason;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Time that the process did not have is named, and a clock that jumps moves nothing. */
class ClockIT {
  @RegisterExtension
  static final Row ROW =
      new Row(
          "The process is stopped (SIGSTOP) while it is idle and within a request, and goes on;"
              + " the wall clock jumps by hours, forward and back. Durations are those of the"
              + " monotonic clock, within what the client measured; the stretch in which the"
              + " process did not run is named, with the least that is known of its length.");

  private static final long STOP_MILLIS = Row.size(3_000, 30_000);

  /** What the agent can know: a stretch without CPU, less the second it sleeps at most. */
  private static final long KNOWN_MILLIS = STOP_MILLIS - 1_100;

  private static final long SLOW_MILLIS = 500;

  /** The client may have read the last byte before the service knows that it is sent. */
  private static final long LATER_NANOS = 50_000_000;

  @TempDir private Path folder;
  private Path fakes;

  @BeforeEach
  void compileFakes() {
    fakes = Fakes.compile("hikari", folder);
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.chaos.Row#jdks")
  void aStopIsNamed(Jdk jdk) throws Exception {
    String name = "stopped for " + STOP_MILLIS + " ms, " + jdk;
    Seen plain = Seen.of(server(jdk, "plain").withoutAgent(), End.EXIT);
    try (ForkedApp app = server(jdk, "stopped").options("summary=off").start(ServerApp.class)) {
      RawHttp http = app.http();
      try (RawHttp.Connection connection = http.connect()) {
        connection.send("/slow");
        connection.read();
        app.awaitRequests(1);
        long sent = System.nanoTime();
        connection.send("/slow");
        TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS / 3);
        stop(app);
        RawHttp.Response response = connection.read();
        long tookNanos = System.nanoTime() - sent;
        ROW.holds(name, response.body().equals("slow"), response.toString());
        app.awaitRequests(2);
        // A stop is seen by a thread that sleeps; the histograms may still be being written.
        TimeUnit.SECONDS.sleep(1);
        stop(app);
        List<RawHttp.Response> responses = Seen.ask(http);
        Seen watched = Seen.ended(app, responses, End.EXIT);
        ROW.ran();
        ROW.holds(name, watched.responses().equals(plain.responses()), "answers differ");
        ROW.holds(name, watched.ended().exit() == 3, "exit code " + watched.ended().exit());
        named(name, app.report(), tookNanos);
      }
    }
  }

  private static void stop(ForkedApp app) throws InterruptedException {
    app.signal("STOP");
    TimeUnit.MILLISECONDS.sleep(STOP_MILLIS);
    app.signal("CONT");
  }

  private static void named(String name, RunReport report, long tookNanos) {
    Sums.check(report);
    RequestReport slow = Windows.of(report, "/slow").get(1);
    long wallMillis = slow.wallNanos() / 1_000_000;
    ROW.holds(
        name,
        slow.wallNanos() <= tookNanos + LATER_NANOS && wallMillis >= STOP_MILLIS,
        "the request took " + wallMillis + " ms, the client saw " + tookNanos);
    List<Reason> reasons =
        slow.explained().reasons().stream().filter(r -> r.what().equals("stopped")).toList();
    ROW.holds(
        name,
        reasons.size() == 1
            && reasons.get(0).tookNanos() >= KNOWN_MILLIS * 1_000_000
            && reasons.get(0).tookNanos() <= slow.wallNanos() - SLOW_MILLIS * 500_000,
        "reasons " + slow.explained());
    List<String> warnings = report.agent().warnings();
    ROW.holds(
        name,
        warnings.stream().filter(w -> w.startsWith("the process did not run for")).count() == 2,
        "warnings " + warnings);
    Windows.of(report, "/plain")
        .forEach(
            other ->
                ROW.holds(
                    name,
                    other.explained().reasons().stream().noneMatch(r -> r.what().equals("stopped")),
                    "a later request is explained by it: " + other.explained()));
    warnings.forEach(warning -> ROW.note("\"" + warning + "\""));
    ROW.note(
        "a request of "
            + SLOW_MILLIS
            + " ms, stopped for "
            + STOP_MILLIS
            + " ms, took "
            + wallMillis
            + " ms; of those at least "
            + (reasons.isEmpty() ? "?" : reasons.get(0).tookNanos() / 1_000_000)
            + " ms stopped");
  }

  /** Nothing was stopped: nothing is claimed. */
  @Test
  void anIdleServiceIsNotStopped() throws Exception {
    Jdk jdk = Jdks.any();
    try (ForkedApp app = server(jdk, "idle").options("summary=off").start(ServerApp.class)) {
      app.http().get("/plain");
      app.awaitRequests(1);
      TimeUnit.MILLISECONDS.sleep(STOP_MILLIS);
      Seen.ended(app, List.of(), End.EXIT);
      ROW.ran();
      ROW.holds("idle", app.report().agent().warnings().isEmpty(), "" + app.report().agent());
    }
  }

  /** Debian's libfaketime shifts the wall clock of one process; scripts/chaos.sh fetches it. */
  @Test
  void theWallClockJumps() throws Exception {
    String library = System.getProperty("coldstart.faketime", "");
    Assumptions.assumeTrue(
        !library.isEmpty(), "wall clock jumps: no libfaketime (scripts/chaos.sh --full has it)");
    for (Jdk jdk : Jdks.all()) {
      Path offset = folder.resolve("offset" + jdk.feature());
      Files.writeString(offset, "+0\n");
      AgentRun run =
          server(jdk, "jump" + jdk.feature())
              .options("summary=off")
              .env("LD_PRELOAD", library)
              .env("FAKETIME_TIMESTAMP_FILE", offset.toString())
              .env("FAKETIME_NO_CACHE", "1")
              .env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
      try (ForkedApp app = run.start(ServerApp.class)) {
        String name = "wall clock jumps, " + jdk;
        RawHttp http = app.http();
        http.get("/plain");
        app.awaitRequests(1);
        for (String jump : List.of("+7200", "-86400", "+0")) {
          try (RawHttp.Connection connection = http.connect()) {
            long sent = System.nanoTime();
            connection.send("/slow");
            TimeUnit.MILLISECONDS.sleep(SLOW_MILLIS / 3);
            Files.writeString(offset, jump + "\n");
            ROW.holds(name, connection.read().body().equals("slow"), "wrong answer");
            long took = System.nanoTime() - sent;
            int count = List.of("+7200", "-86400", "+0").indexOf(jump) + 2;
            RunReport report = app.awaitRequests(count);
            RequestReport slow = Windows.of(report, "/slow").get(count - 2);
            ROW.ran();
            ROW.holds(
                name,
                slow.wallNanos() <= took + LATER_NANOS
                    && slow.wallNanos() >= SLOW_MILLIS * 1_000_000,
                "took " + slow.wallNanos() + " ns, the client saw " + took);
            Sums.check(report);
            ordered(name, report);
          }
        }
        Seen.ended(app, List.of(), End.EXIT);
        Sums.check(app.report());
        ROW.holds(name, app.report().agent().warnings().isEmpty(), "" + app.report().agent());
      }
    }
  }

  /** Times of day are those of one clock: as far apart as the monotonic ones. */
  private static void ordered(String name, RunReport report) {
    RequestReport first = report.requests().get(0);
    for (RequestReport request : report.requests()) {
      ROW.holds(
          name,
          request.startEpochNanos() - first.startEpochNanos()
              == request.startMonotonicNanos() - first.startMonotonicNanos(),
          "times of day of two clocks");
    }
  }

  private AgentRun server(Jdk jdk, String name) {
    return AgentRun.on(jdk, folder.resolve(name + jdk.feature()))
        .workDir(folder)
        .onlyJvm("-XX:TieredStopAtLevel=1", "-Xmx256m")
        .classPath(fakes);
  }
}

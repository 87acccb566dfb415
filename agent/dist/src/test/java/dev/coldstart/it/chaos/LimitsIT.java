package dev.coldstart.it.chaos;

import dev.coldstart.it.app.CrowdApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Carried;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Live;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.it.harness.Seen;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In a small process the agent stays small. */
class LimitsIT {
  @RegisterExtension
  static final Row ROW =
      new Row(
          "A service with -Xmx64m -XX:+UseSerialGC on one core serves 200 requests at once,"
              + " requests that start 200 threads, and on JDK 25 requests that start 10,000 virtual"
              + " threads, each of which does work that is recorded. No OutOfMemoryError is"
              + " caused, each piece of work is recorded or counted as dropped, and what a"
              + " full collection leaves is larger by a bounded amount.");

  private static final int AT_ONCE = 200;
  private static final int THREADS = 200;
  private static final int VIRTUAL_THREADS = 10_000;

  /** Each connects, and runs a tool. */
  private static final int PER_THREAD = 2;

  private static final int ROUNDS = Row.size(2, 20);

  /** What the agent may keep: reports of these requests with all their intervals. */
  private static final long MAX_KEPT_BYTES = 24_000_000;

  @TempDir private Path folder;

  private record Outcome(Seen seen, long liveBytes) {}

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void manyThreads(Jdk jdk) throws Exception {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      paths.add("/threads/" + THREADS);
    }
    play(jdk, "200 threads", paths, THREADS);
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void manyVirtualThreads(Jdk jdk) throws Exception {
    if (jdk.feature() < 21) {
      return;
    }
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < ROUNDS; i++) {
      paths.add("/virtual/" + VIRTUAL_THREADS);
    }
    play(jdk, "10,000 virtual threads", paths, VIRTUAL_THREADS);
  }

  private void play(Jdk jdk, String what, List<String> paths, int each) throws Exception {
    String name = what + ", " + jdk;
    Path here = folder.resolve("watched");
    Outcome plain = outcome(run(jdk, folder.resolve("plain")).withoutAgent(), paths, 0);
    AgentRun watching = run(jdk, here).options("summary=off,probes=" + probes());
    Outcome watched = outcome(watching, paths, paths.size() * each * PER_THREAD);
    ROW.same(name, plain.seen(), watched.seen());
    ROW.holds(
        name,
        watched.seen().ended().coldstartLines().isEmpty(),
        "said " + watched.seen().ended().coldstartLines());
    RunReport report = ForkedApp.report(here.resolve("reports"));
    Sums.check(report);
    long expected = (long) paths.size() * each * PER_THREAD;
    ROW.lost(name, Math.max(0, expected - recorded(report)), "pieces of recorded work");
    for (RequestReport request : report.requests()) {
      ROW.holds(name, request.spans().size() <= each * PER_THREAD, "too much work in " + request);
    }
    long kept = watched.liveBytes() - plain.liveBytes();
    ROW.note(
        name
            + ": heap after a full collection is larger by "
            + kept / 1_000
            + " kB; "
            + expected
            + " pieces of work, "
            + report.agent().dropped()
            + " of them counted as dropped; "
            + report.requests().size()
            + " requests kept in full");
    ROW.leaked(name, kept > MAX_KEPT_BYTES ? List.of(kept + " bytes of heap") : List.of());
  }

  private Outcome outcome(AgentRun run, List<String> paths, int reported) throws Exception {
    try (ForkedApp app = run.start(CrowdApp.class)) {
      List<RawHttp.Response> responses = new ArrayList<>();
      for (String path : paths) {
        responses.add(app.http().get(path));
      }
      Carried.concurrently(app.http(), "/tool?", AT_ONCE);
      if (reported > 0) {
        // The report is written anew once a second.
        app.awaitRequests(1);
        app.await("all work", () -> recorded(app.report()) >= reported);
      }
      Map<String, Live> live = Live.of(run, app);
      try (RawHttp.Connection connection = app.http().connect()) {
        long begin = System.nanoTime();
        connection.send("/exit");
        ForkedApp.Ended ended = app.await();
        long millis = (System.nanoTime() - begin) / 1_000_000;
        return new Outcome(new Seen(responses, ended, millis), live.get(Live.TOTAL).bytes());
      }
    }
  }

  private static long recorded(RunReport report) {
    return report.agent().intervals() + report.agent().dropped();
  }

  private AgentRun run(Jdk jdk, Path here) throws Exception {
    AgentRun run =
        AgentRun.on(jdk, here)
            .workDir(folder)
            .onlyJvm("-Xmx64m", "-XX:+UseSerialGC")
            .classPath(Fakes.compile("hikari", folder));
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/taskset")), "one core: there is no taskset");
    return run.under("taskset", "-c", "0");
  }

  private Path probes() throws Exception {
    return Files.writeString(
        folder.resolve("probes"), CrowdApp.class.getName() + "$Agent#tool tool_call\n");
  }
}

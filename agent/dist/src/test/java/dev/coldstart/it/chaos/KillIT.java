package dev.coldstart.it.chaos;

import dev.coldstart.it.app.DoomedApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Seen;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whenever and however a service ends, its report is whole and says what it cannot have. */
class KillIT {
  @RegisterExtension
  static final Row ROW =
      new Row(
          "A service that is answering ends at a time of chance, from premain to warm: by kill -9,"
              + " SIGTERM, System.exit, -XX:+ExitOnOutOfMemoryError or an uncaught"
              + " OutOfMemoryError, after which the heap is empty again or stays full. It ends as"
              + " without the agent; the report can be read; where the process could run its"
              + " shutdown hooks, with memory, only requests in flight are missing, else only what"
              + " ended after the report was written, and the report tells both; no half file, and"
              + " none left over.");

  private static final int POINTS = Row.size(2, 20);
  private static final long SEED = Long.getLong("coldstart.chaos.seed", 1);

  /** When a service is warm, ms after its start. */
  private static final int WARM_MILLIS = 2_500;

  /** Without hooks: what ended that long before the end is in the report, ms. */
  private static final long WRITTEN_MILLIS = 1_000L + Row.size(1_000, 0);

  private static final long LOOKED_BEFORE_NANOS = 100_000_000;

  /** Traces of the agent in what other threads print. */
  private static final Pattern OURS = Pattern.compile("\"coldstart|dev\\.coldstart\\.(?!it\\.)");

  private static final List<Long> MISSING_MILLIS = new ArrayList<>();
  private static final Map<Way, FullHeap> FULL_HEAPS = new EnumMap<>(Way.class);

  /** How it ends. */
  enum Way {
    KILL("exit", ""),
    SIGTERM("exit", ""),
    EXIT("exit", ""),
    OOM_EXIT("oom", "-XX:+ExitOnOutOfMemoryError"),
    OOM_UNCAUGHT("oom", ""),
    OOM_KEPT("oom-kept", "");

    private final String argument;
    private final String jvmOption;

    Way(String argument, String jvmOption) {
      this.argument = argument;
      this.jvmOption = jvmOption;
    }

    /** Whether the application itself ends, so many ms after main began. */
    boolean fromInside() {
      return this != KILL && this != SIGTERM;
    }

    /** And has memory to write the report then. */
    boolean runsHooks() {
      return this != KILL && this != OOM_EXIT && this != OOM_KEPT;
    }

    /** Other threads of the service may meet the full heap as well. */
    boolean leavesOthersRunning() {
      return this == OOM_UNCAUGHT || this == OOM_KEPT;
    }
  }

  @TempDir private Path folder;
  private Path fakes;

  @BeforeEach
  void compileFakes() {
    fakes = Fakes.compile("hikari", folder);
  }

  @AfterAll
  static void note() {
    if (!MISSING_MILLIS.isEmpty()) {
      ROW.note(
          "of requests that had ended before a kill -9, -XX:+ExitOnOutOfMemoryError or a heap that"
              + " stays full, the oldest one missing had ended before that by",
          MISSING_MILLIS,
          " ms");
    }
    FULL_HEAPS.forEach((way, counts) -> ROW.note(way + ": " + counts));
  }

  @ParameterizedTest
  @EnumSource
  void leavesAWholeReport(Way way) throws Exception {
    Random random = new Random(SEED + way.name().hashCode());
    List<Jdk> jdks = Row.jdks();
    for (int i = 0; i < POINTS; i++) {
      // One in each part of the time, so that few points are spread as well.
      int millis = (i * WARM_MILLIS + random.nextInt(WARM_MILLIS)) / POINTS;
      Jdk jdk = jdks.get(i % jdks.size());
      String name = way + " after " + millis + " ms, " + jdk;
      AgentRun bare = run(jdk, way, millis, "plain" + i).withoutAgent();
      // At the same time: both do little but live on until they end.
      CompletableFuture<ForkedApp.Ended> plain =
          CompletableFuture.supplyAsync(() -> end(way, millis, bare));
      judge(name, way, millis, jdk, folder.resolve("watched" + i), plain);
    }
  }

  private ForkedApp.Ended end(Way way, int millis, AgentRun run) {
    try (ForkedApp app = run.start(DoomedApp.class)) {
      var unused = new SteadyClient(app);
      return end(way, millis, app);
    }
  }

  private static ForkedApp.Ended end(Way way, int millis, ForkedApp app) {
    if (way.fromInside()) {
      return app.await();
    }
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    app.signal(way == Way.KILL ? "KILL" : "TERM");
    return app.await();
  }

  private void judge(
      String name,
      Way way,
      int millis,
      Jdk jdk,
      Path here,
      CompletableFuture<ForkedApp.Ended> plain)
      throws Exception {
    AgentRun run = run(jdk, way, millis, here.getFileName().toString()).options("summary=off");
    try (ForkedApp app = run.start(DoomedApp.class)) {
      SteadyClient client = new SteadyClient(app);
      ForkedApp.Ended watched = end(way, millis, app);
      long endedNanos = System.nanoTime();
      if (way.leavesOthersRunning()) {
        sameEndOfMain(name, way, plain.join(), watched);
      } else {
        ROW.same(name, seen(plain.join()), seen(watched));
      }
      client.wrong().forEach(answer -> ROW.differs(name, answer));
      int lines = way == Way.OOM_KEPT ? 1 : 0;
      ROW.holds(name, watched.coldstartLines().size() <= lines, "said " + watched.coldstartLines());
      report(name, way, here.resolve("reports"), client.answeredNanos(), endedNanos);
      leftOver(name, here, jdk);
    }
  }

  private static void sameEndOfMain(
      String name, Way way, ForkedApp.Ended plain, ForkedApp.Ended watched) {
    ROW.ran();
    ROW.holds(name, watched.exit() == plain.exit(), "exit code " + watched.exit());
    ROW.holds(name, mainFailed(plain) && mainFailed(watched), "main: " + watched.err());
    List<String> ours = watched.otherLines().stream().filter(OURS.asPredicate()).toList();
    ROW.holds(name, ours.isEmpty(), "stderr has " + ours);
    FULL_HEAPS.merge(way, FullHeap.of(plain, watched), FullHeap::plus);
  }

  /** In how many of n pairs of runs something happened that is told and not compared. */
  private record FullHeap(int n, int plainFailed, int watchedFailed, int assertions) {
    static FullHeap of(ForkedApp.Ended plain, ForkedApp.Ended watched) {
      boolean assertion = watched.err().contains("java.lang.instrument ASSERTION FAILED");
      return new FullHeap(
          1, othersFailed(plain) ? 1 : 0, othersFailed(watched) ? 1 : 0, assertion ? 1 : 0);
    }

    FullHeap plus(FullHeap more) {
      return new FullHeap(
          n + more.n,
          plainFailed + more.plainFailed,
          watchedFailed + more.watchedFailed,
          assertions + more.assertions);
    }

    @Override
    public String toString() {
      return "main's end is compared. Other threads of the service met the full heap as well in "
          + watchedFailed
          + " of "
          + n
          + " runs, without the agent in "
          + plainFailed
          + "; in "
          + assertions
          + " the JVM had no memory to ask an agent (any) about a class and said"
          + " \"java.lang.instrument ASSERTION FAILED\"";
    }
  }

  /** The JVM may have no memory left for more than this. */
  private static boolean mainFailed(ForkedApp.Ended ended) {
    return ended.err().contains("\"main\"") && ended.err().contains("OutOfMemoryError");
  }

  private static boolean othersFailed(ForkedApp.Ended ended) {
    return ended.err().replace("thread \"main\"", "").contains("thread \"");
  }

  /** What requests are missing, and whether the report says so. */
  private static void report(
      String name, Way way, Path reports, List<Long> answered, long endedNanos) throws IOException {
    if (files(reports).noneMatch(file -> file.toString().endsWith(".json"))) {
      missing(name, way, answered, 0, endedNanos);
      return;
    }
    RunReport report = ForkedApp.report(reports);
    Sums.check(report);
    List<Path> histograms = files(reports).filter(f -> f.toString().endsWith(".hlog")).toList();
    // The first ones are written after the first report.
    ROW.holds(name, histograms.size() == 1 || !way.runsHooks(), "no histograms");
    for (Path file : histograms) {
      for (String line : Files.readAllLines(file)) {
        ROW.holds(
            name, line.matches("#.*|\".*|Tag=[^,]+,[^,]+,[^,]+,[^,]+,[^,]+"), "hlog: " + line);
      }
    }
    int reported = report.requests().size() + (int) more(report);
    ROW.holds(
        name,
        report.agent().atExit() == way.runsHooks() || way == Way.OOM_KEPT,
        "at exit: " + report.agent());
    if (way.runsHooks()) {
      // While the hooks run the service goes on answering: what ended then cannot be in it.
      long due = answered.stream().filter(at -> at - writtenNanos(report) < 0).count();
      long inFlight = report.agent().inFlight();
      // A request that the full heap had no room for: counted, with a warning.
      long failed = way.leavesOthersRunning() ? report.agent().adviceFailures() : 0;
      ROW.lost(name, Math.max(0, due - reported - inFlight - failed), "answered requests");
    } else {
      missing(name, way, answered, reported, endedNanos);
    }
  }

  /** The last look at ended requests is shortly before the report is written. */
  private static long writtenNanos(RunReport report) {
    if (report.requests().isEmpty()) {
      return Long.MIN_VALUE / 2;
    }
    RequestReport any = report.requests().get(0);
    long since = report.agent().writtenEpochNanos() - any.startEpochNanos();
    return any.startMonotonicNanos() + since - LOOKED_BEFORE_NANOS;
  }

  /** Warm requests that it counts only. */
  private static long more(RunReport report) {
    long warm = report.warm() == null ? 0 : report.warm().count();
    return Math.max(
        0, warm - report.requests().stream().filter(r -> r.kind().equals("warm")).count());
  }

  private static void missing(
      String name, Way way, List<Long> answered, int reported, long endedNanos) {
    if (reported < answered.size()) {
      long agoMillis = (endedNanos - answered.get(reported)) / 1_000_000;
      if (way.runsHooks()) {
        ROW.lost(name, answered.size() - reported, "answered requests, and there is no report");
      } else {
        MISSING_MILLIS.add(agoMillis);
        ROW.lost(
            name,
            agoMillis > WRITTEN_MILLIS ? answered.size() - reported : 0,
            "the oldest had ended " + agoMillis + " ms before");
      }
    }
  }

  /** Nothing but reports and the cache; of what a kill -9 leaves, the next start takes care. */
  private void leftOver(String name, Path here, Jdk jdk) throws Exception {
    ROW.leaked(name, files(here.resolve("tmp")).toList());
    List<Path> temporary = temporary(here);
    if (!temporary.isEmpty() && name.startsWith("KILL")) {
      for (Path file : temporary) {
        Files.setLastModifiedTime(
            file,
            java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() - 7_200_000));
      }
      try (ForkedApp next =
          run(jdk, Way.EXIT, 1_000, here.getFileName().toString()).start(DoomedApp.class)) {
        var unused = new SteadyClient(next);
        next.await();
      }
      temporary = temporary(here);
    }
    ROW.leaked(name, temporary);
  }

  private static List<Path> temporary(Path here) throws IOException {
    return Stream.concat(files(here.resolve("reports")), files(here.resolve("cache")))
        .filter(file -> !file.toString().matches(".*/[^.][^/]*\\.(json|hlog|bin)"))
        .toList();
  }

  private static Stream<Path> files(Path dir) throws IOException {
    if (!Files.exists(dir)) {
      return Stream.empty();
    }
    try (Stream<Path> all = Files.walk(dir)) {
      return all.filter(Files::isRegularFile).toList().stream();
    }
  }

  /** A client's answers are judged apart: how many there are is chance. */
  private static Seen seen(ForkedApp.Ended ended) {
    return new Seen(List.of(), new ForkedApp.Ended(ended.exit(), "", ended.err(), ended.time()), 0);
  }

  private AgentRun run(Jdk jdk, Way way, int millis, String name) throws IOException {
    Path here = folder.resolve(name);
    Path tmp = Files.createDirectories(here.resolve("tmp"));
    return AgentRun.on(jdk, here)
        .workDir(folder)
        .onlyJvm("-Xmx64m", "-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + tmp)
        .jvm(way.jvmOption.isEmpty() ? new String[0] : new String[] {way.jvmOption})
        .classPath(fakes)
        .args(way.argument, "" + (way.fromInside() ? millis : 60_000));
  }
}

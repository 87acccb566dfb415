package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ContextApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Carried;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Work belongs to the request it was done for, on whatever thread it ran. */
class JdkConcurrencyIT {
  /** How often a way does its work. */
  private static final Map<String, Integer> WAYS = new LinkedHashMap<>();

  static {
    for (String once :
        List.of(
            "execute",
            "oldThreads",
            "submit",
            "invokeAny",
            "callerRuns",
            "rejected",
            "cancelled",
            "nested",
            "schedule",
            "runAsync",
            "supplyAsyncPool",
            "thenApply",
            "thenApplyAsync",
            "thenRunAsyncPool",
            "thenCompose",
            "thenCombine",
            "delayed",
            "delayedCommon",
            "completeOnTimeout",
            "orTimeout",
            "timer",
            "forkJoinSubmit",
            "forkJoinExecute",
            "forkJoinSchedule",
            "commonPool",
            "newThread",
            "threadSubclass",
            "virtualExecutor",
            "virtualThread",
            "virtualAfterBlocking")) {
      WAYS.put(once, 1);
    }
    WAYS.put("invokeAll", 2);
    WAYS.put("structured", 2);
    WAYS.put("handleChain", 3);
    WAYS.put("timerPeriods", 3);
    WAYS.put("poolPeriods", 3);
    WAYS.put("forkJoinPeriods", 3);
    WAYS.put("parallelStream", 4);
    WAYS.put("recursiveTask", 4);
  }

  /** Beginnings of the names of ways that older JDKs do not have. */
  private static final Map<String, Integer> SINCE =
      Map.of("virtual", 21, "structured", 25, "forkJoinSchedule", 25, "forkJoinPeriods", 25);

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void followsARequestAcrossThreads(Jdk jdk) throws Exception {
    try (ForkedApp app =
        AgentRun.on(jdk, folder)
            .options("warm=1000,summary=off")
            .jvm("-Djava.util.concurrent.ForkJoinPool.common.parallelism=4")
            .classPath(Fakes.compile("hikari", folder))
            .start(ContextApp.class)) {
      RawHttp http = app.http();
      Map<String, Integer> ways = new LinkedHashMap<>(WAYS);
      ways.keySet().removeIf(way -> !exists(way, jdk));
      Carried.play(http, ways);
      scenes(http);
      Carried.await(app, ways);
      ForkedApp.Ended ended = app.stop();
      RunReport report = app.report();
      assertThat(ended.otherLines()).isEmpty();
      assertThat(report.agent().warnings()).isEmpty();
      assertThat(report.agent().libraries()).contains("jdk-concurrency");
      Carried.check(report, ways);
      belongsToNobody(report);
    }
  }

  private static boolean exists(String way, Jdk jdk) {
    return SINCE.entrySet().stream()
        .noneMatch(since -> way.startsWith(since.getKey()) && jdk.feature() < since.getValue());
  }

  /**
   * With another request in flight all the time, so that nothing is inferred; the last one alone.
   */
  private static void scenes(RawHttp http) throws Exception {
    try (RawHttp.Connection hold = http.connect()) {
      hold.send("/hold");
      http.get("/born/a");
      http.get("/periodic/a");
      http.get("/release");
      assertThat(hold.read().status()).isEqualTo("HTTP/1.1 200 OK");
    }
    http.get("/still/b");
    http.get("/queue/a");
    http.get("/during/b");
  }

  private static void belongsToNobody(RunReport report) {
    assertThat(Carried.spans(report, "/born/a"))
        .hasSize(4)
        .allMatch(s -> Carried.owner(s).equals("/born/a"));
    assertThat(Carried.spans(report, "/periodic/a"))
        .hasSizeGreaterThanOrEqualTo(8)
        // The last one may have had no time for its note.
        .allMatch(s -> Carried.owner(s).equals("/periodic/a") || s.notes().isEmpty());
    assertThat(Carried.spans(report, "/still/b"))
        .extracting(s -> Carried.owner(s))
        .containsExactly("/still/b");
    assertThat(Carried.spans(report, "/queue/a")).isEmpty();
    assertThat(Carried.spans(report, "/during/b"))
        .extracting(s -> Carried.owner(s))
        .containsExactly("/during/b");
    for (RequestReport request : report.requests()) {
      assertThat(request.spans()).noneMatch(span -> Carried.owner(span).equals("outsider"));
    }
  }
}

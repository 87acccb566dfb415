package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ContextApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Work belongs to the request it was done for, on whatever thread it ran. */
class ContextIT {
  private static final int AT_ONCE = 8;

  /** How often a way does its work. */
  private static final Map<String, Integer> WAYS = new LinkedHashMap<>();

  static {
    for (String once :
        List.of(
            "execute",
            "oldThreads",
            "submit",
            "callerRuns",
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
            "orTimeout",
            "forkJoinSubmit",
            "forkJoinExecute",
            "newThread",
            "virtualExecutor",
            "virtualThread")) {
      WAYS.put(once, 1);
    }
    WAYS.put("invokeAll", 2);
    WAYS.put("handleChain", 3);
    WAYS.put("parallelStream", 4);
    WAYS.put("recursiveTask", 4);
  }

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
      Map<String, Integer> expected = new LinkedHashMap<>();
      for (Map.Entry<String, Integer> way : WAYS.entrySet()) {
        if (jdk.feature() >= 21 || !way.getKey().startsWith("virtual")) {
          concurrently(http, "/way/" + way.getKey() + "/");
          for (int i = 0; i < AT_ONCE; i++) {
            expected.put("/way/" + way.getKey() + "/" + i, way.getValue());
          }
        }
      }
      scenes(http);
      ForkedApp.Ended ended = app.stop();
      RunReport report = app.report();
      assertThat(ended.otherLines()).isEmpty();
      assertThat(report.agent().warnings()).isEmpty();
      everyIntervalIsAtHome(report, expected);
      belongsToNobody(report);
    }
  }

  private static void concurrently(RawHttp http, String path) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Future<RawHttp.Response>> responses = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        String target = path + i;
        responses.add(clients.submit(() -> http.get(target)));
      }
      for (Future<RawHttp.Response> response : responses) {
        assertThat(response.get().status()).as(path).isEqualTo("HTTP/1.1 200 OK");
      }
    } finally {
      clients.shutdown();
    }
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
    http.get("/queue/a");
    http.get("/during/b");
  }

  private static void everyIntervalIsAtHome(RunReport report, Map<String, Integer> expected) {
    SoftAssertions softly = new SoftAssertions();
    expected.forEach(
        (route, count) -> {
          List<Span> spans = spans(report, route);
          softly.assertThat(spans).as(route).hasSize(count);
          softly.assertThat(spans).as(route).noneMatch(Span::inferred);
          softly.assertThat(spans).as(route).allMatch(span -> owner(span).equals(route));
        });
    softly.assertAll();
  }

  private static void belongsToNobody(RunReport report) {
    assertThat(spans(report, "/born/a")).hasSize(3).allMatch(s -> owner(s).equals("/born/a"));
    // Only the first period was handed over by the request.
    assertThat(spans(report, "/periodic/a")).hasSize(1);
    assertThat(spans(report, "/during/b")).extracting(s -> owner(s)).containsExactly("/during/b");
    for (RequestReport request : report.requests()) {
      assertThat(request.spans()).noneMatch(span -> owner(span).equals("outsider"));
    }
  }

  private static List<Span> spans(RunReport report, String route) {
    return report.requests().stream()
        .filter(request -> request.route().equals(route))
        .flatMap(request -> request.spans().stream())
        .filter(span -> span.phase().equals("db_connect"))
        .toList();
  }

  private static String owner(Span span) {
    return String.valueOf(span.notes().get("pool"));
  }
}

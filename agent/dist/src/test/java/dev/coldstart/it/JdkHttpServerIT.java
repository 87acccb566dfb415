package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.app.StreamApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.it.harness.Secrets;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.it.harness.Windows;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Requests of the JDK's HTTP server: where each begins, when its first word shows, how it ends. */
class JdkHttpServerIT {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void reportsEachWayAResponseEnds(Jdk jdk) throws Exception {
    try (ForkedApp app = Secrets.plant(run(jdk)).start(ServerApp.class)) {
      RawHttp http = app.http();
      http.get("/quiet");
      http.get("/plain" + Secrets.QUERY, Secrets.headers());
      // A client can be faster than the server's end of a request, and the next would be cold too.
      app.awaitRequests(1);
      for (String path : List.of("/chunks", "/async", "/empty", "/error", "/broken")) {
        http.get(path + Secrets.QUERY, Secrets.headers());
      }
      assertThat(http.get("/throws").status()).isEmpty();
      goneInTheMiddle(http);
      http.get("/nowhere");
      app.awaitRequests(8);
      http.get("/plain");
      RunReport report = app.awaitRequests(9);
      ForkedApp.Ended ended = app.stop();
      assertThat(report.requests())
          .extracting(RequestReport::route)
          .containsExactlyInAnyOrder(
              "/plain",
              "/chunks",
              "/async",
              "/empty",
              "/error",
              "/broken",
              "/throws",
              "/endless",
              "/plain");
      assertThat(report.requests().get(0))
          .matches(r -> r.route().equals("/plain") && r.kind().equals("cold"));
      // Nothing of those that broke is in flight.
      assertThat(report.requests().get(8).idleNanos()).isNotNull();
      assertThat(report.requests()).filteredOn(r -> r.kind().equals("cold")).hasSize(1);
      assertThat(report.requests())
          .filteredOn(RequestReport::failed)
          .extracting(RequestReport::route)
          .containsExactlyInAnyOrder("/broken", "/throws", "/endless");
      assertThat(report.requests())
          .allMatch(r -> r.method().equals("GET") && r.window().equals("response_end"))
          .allMatch(r -> r.spans().stream().allMatch(s -> s.phase().equals("db_connect")));
      assertThat(report.requests()).allMatch(r -> r.spans().size() == 1 && !inferred(r));
      assertThat(report.startup().readyNanos()).isNotNull();
      assertThat(report.agent().warnings()).isEmpty();
      assertThat(report.agent().libraries()).contains("jdk-httpserver");
      Sums.check(report);
      Secrets.check(app.reports(), ended);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void keepsTheRequestsOfAConnectionApart(Jdk jdk) throws Exception {
    try (ForkedApp app = run(jdk).start(ServerApp.class);
        RawHttp.Connection connection = app.http().connect()) {
      connection.send("/plain", "traceparent: 00-" + TRACE + "-" + SPAN + "-01");
      connection.read();
      TimeUnit.MILLISECONDS.sleep(400);
      long sentNanos = System.nanoTime();
      connection.send("/chunks", "traceparent: 00-not-a-trace-01");
      connection.read();
      connection.send("/empty");
      connection.read();
      RunReport report = app.awaitRequests(3);
      assertThat(report.requests())
          .extracting(RequestReport::route)
          .containsExactly("/plain", "/chunks", "/empty");
      // The time the connection was idle belongs to nobody.
      RequestReport joined = report.requests().get(0);
      assertThat(joined.startMonotonicNanos() + joined.durationNanos()).isLessThan(sentNanos);
      assertThat(report.requests().get(1).startMonotonicNanos()).isGreaterThan(sentNanos);
      assertThat(joined.traceId()).isEqualTo(TRACE);
      assertThat(joined.parentSpanId()).isEqualTo(SPAN);
      for (RequestReport other : report.requests().subList(1, 3)) {
        assertThat(other.traceId()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
        assertThat(other.parentSpanId()).isNull();
      }
      Sums.check(report);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void endsTheWindowWithTheFirstVisibleWord(Jdk jdk) {
    AgentRun run =
        AgentRun.on(jdk, folder)
            .options("summary=off")
            .classPath(
                AgentRun.jarOf(StreamingChatModel.class), AgentRun.jarOf(LoggerFactory.class));
    try (ForkedApp app = run.start(StreamApp.class)) {
      RawHttp http = app.http();
      Map<String, Long> sent = new LinkedHashMap<>();
      for (String name : List.of("words", "comment", "later", "whole")) {
        sent.put(name, System.nanoTime());
        assertThat(http.get("/" + name).body()).contains("first ");
      }
      app.awaitRequests(4);
      ForkedApp.Ended ended = app.stop();
      RunReport report = app.report();
      for (Map.Entry<String, Long> each : sent.entrySet()) {
        RequestReport request = Windows.one(report, "/" + each.getKey());
        Windows.streamed(app, request, each.getKey(), each.getValue());
        long secondWord = TimeUnit.MILLISECONDS.toNanos(20);
        if (!each.getKey().equals("whole")) {
          assertThat(request.durationNanos() - request.wallNanos()).isGreaterThan(secondWord);
        }
      }
      Sums.check(report);
      Secrets.check(app.reports(), ended);
    }
  }

  private AgentRun run(Jdk jdk) {
    return AgentRun.on(jdk, folder)
        .options("summary=off")
        .classPath(Fakes.compile("hikari", folder));
  }

  /** The client goes away while the answer is being streamed. */
  private static void goneInTheMiddle(RawHttp http) throws IOException {
    try (RawHttp.Connection connection = http.connect()) {
      connection.send("/endless");
      assertThat(connection.line()).isEqualTo("HTTP/1.1 200 OK");
      connection.reset();
    }
  }

  private static boolean inferred(RequestReport request) {
    return request.spans().stream().anyMatch(span -> span.inferred());
  }
}

package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.coldstart.it.app.TomcatApp;
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
import dev.coldstart.report.Span;
import dev.langchain4j.model.chat.StreamingChatModel;
import jakarta.annotation.Resource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** Requests of Tomcat, also those that are answered by other threads. */
class TomcatIT {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void reportsEachWayAServletAnswers(Jdk jdk) throws IOException {
    try (ForkedApp app = Secrets.plant(run(jdk)).start(TomcatApp.class)) {
      RawHttp http = app.http();
      http.get("/quiet");
      http.get("/plain" + Secrets.QUERY, Secrets.headers());
      // A client can be faster than the server's end of a request, and the next would be cold too.
      app.awaitRequests(1);
      Map<String, String> statuses = new TreeMap<>();
      for (String path :
          List.of(
              "/chunks",
              "/throws",
              "/error",
              "/empty",
              "/async",
              "/start",
              "/dispatch",
              "/timeout")) {
        RawHttp.Response response = http.get(path + Secrets.QUERY, Secrets.headers());
        statuses.put(path, response.status().substring(9, 12));
      }
      goneInTheMiddle(http);
      http.get("/nowhere");
      app.awaitRequests(10);
      http.get("/chunks");
      RunReport report = app.awaitRequests(11);
      ForkedApp.Ended ended = app.stop();
      assertThat(statuses)
          .contains(entry("/throws", "500"), entry("/error", "503"), entry("/empty", "204"))
          .contains(entry("/async", "200"), entry("/dispatch", "200"), entry("/timeout", "504"));
      assertThat(report.requests())
          .extracting(RequestReport::route)
          .containsExactlyInAnyOrder(
              "/plain",
              "/chunks",
              "/throws",
              "/error",
              "/empty",
              "/async",
              "/start",
              "/dispatch",
              "/timeout",
              "/endless",
              "/chunks");
      // Nothing of those that broke is in flight.
      assertThat(report.requests().get(10).idleNanos()).isNotNull();
      assertThat(report.requests()).filteredOn(r -> r.kind().equals("cold")).hasSize(1);
      assertThat(report.requests())
          .filteredOn(RequestReport::failed)
          .extracting(RequestReport::route)
          .containsExactlyInAnyOrder("/throws", "/error", "/timeout", "/endless");
      assertThat(report.requests())
          .filteredOn(r -> r.error() != null)
          .extracting(r -> r.route() + ' ' + r.error())
          .contains("/throws 500", "/error 503");
      assertThat(report.requests())
          .allMatch(r -> r.method().equals("GET") && r.window().equals("response_end"))
          .allMatch(r -> r.spans().stream().noneMatch(Span::inferred));
      assertThat(work(report, "/dispatch")).containsExactly("dispatching", "dispatched");
      assertThat(work(report, "/start")).containsExactly("started", "completing");
      assertThat(work(report, "/timeout")).containsExactly("timeout", "gave up");
      assertThat(work(report, "/async")).containsExactly("async");
      assertThat(Windows.one(report, "/timeout").durationNanos())
          .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(200));
      assertThat(report.startup().readySignal()).isEqualTo("Tomcat started");
      assertThat(report.agent().warnings()).isEmpty();
      Sums.check(report);
      Secrets.check(app.reports(), ended);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void endsTheWindowWithTheFirstVisibleWord(Jdk jdk) throws Exception {
    try (ForkedApp app = run(jdk).start(TomcatApp.class);
        RawHttp.Connection connection = app.http().connect()) {
      Map<String, Long> sent = new TreeMap<>();
      Map<String, Long> over = new TreeMap<>();
      for (String name : List.of("words", "comment", "whole", "later")) {
        sent.put(name, System.nanoTime());
        connection.send("/" + name, "traceparent: 00-" + TRACE + "-" + SPAN + "-01");
        assertThat(connection.read().body()).contains("first ");
        // Tomcat keeps the connection; its idle time belongs to nobody.
        TimeUnit.MILLISECONDS.sleep(200);
        over.put(name, System.nanoTime());
      }
      app.awaitRequests(4);
      ForkedApp.Ended ended = app.stop();
      RunReport report = app.report();
      for (Map.Entry<String, Long> each : sent.entrySet()) {
        RequestReport request = Windows.one(report, "/" + each.getKey());
        Windows.streamed(app, request, each.getKey(), each.getValue());
        assertThat(request.traceId()).isEqualTo(TRACE);
        assertThat(request.parentSpanId()).isEqualTo(SPAN);
        assertThat(request.startMonotonicNanos() + request.durationNanos())
            .isLessThan(over.get(each.getKey()));
      }
      Sums.check(report);
      Secrets.check(app.reports(), ended);
    }
  }

  private AgentRun run(Jdk jdk) {
    return AgentRun.on(jdk, folder)
        .options("summary=off")
        .classPath(
            Fakes.compile("hikari", folder),
            AgentRun.jarOf(Tomcat.class),
            AgentRun.jarOf(Resource.class),
            AgentRun.jarOf(StreamingChatModel.class),
            AgentRun.jarOf(LoggerFactory.class));
  }

  private static void goneInTheMiddle(RawHttp http) throws IOException {
    try (RawHttp.Connection connection = http.connect()) {
      connection.send("/endless");
      assertThat(connection.line()).startsWith("HTTP/1.1 200");
      connection.reset();
    }
  }

  /** Whose work is in a request, in order. */
  private static List<Object> work(RunReport report, String route) {
    return Windows.one(report, route).spans().stream()
        .filter(span -> span.phase().equals("db_connect"))
        .map(span -> span.notes().get("pool"))
        .toList();
  }
}

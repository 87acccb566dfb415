package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ServerScenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Carried;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.it.harness.Secrets;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.it.harness.Windows;
import dev.coldstart.report.OtherEntry;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import dev.langchain4j.model.chat.StreamingChatModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Plays the scenes of {@link ServerScenes} on one server, and checks that each request is there
 * once, with its own work, its end and its first visible word, and that none is left open.
 */
final class ServerCheck {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final String TRACEPARENT = "traceparent: 00-" + TRACE + "-" + SPAN + "-01";
  private static final long IDLE_MILLIS = 200;
  private static final int TOGETHER = 4;

  /** No agents: listed under other entries. */
  private static final List<String> OTHERS =
      List.of("/health", "/healthz", "/actuator/health", "/style.css");

  private static final List<String> STREAMED = List.of("/words", "/comment", "/whole", "/later");

  private final String set;
  private final String app;
  private final List<String> routes = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final Map<String, Long> sent = new LinkedHashMap<>();
  private final Map<String, Long> seen = new LinkedHashMap<>();
  private String ready;
  private String template = "/items/7";
  private String thrown = "500";
  private boolean http2;
  private Jdk jdk = Jdks.any();

  private ServerCheck(String set, String app) {
    this.set = set;
    this.app = app;
  }

  /** The app of this name with the jars of a set. */
  static ServerCheck of(String set, String app) {
    return new ServerCheck(set, app);
  }

  /** On this JDK; normally the oldest one. */
  ServerCheck on(Jdk other) {
    jdk = other;
    return this;
  }

  /** What the start-up ends with. */
  ServerCheck ready(String signal) {
    ready = signal;
    return this;
  }

  /** The route of {@code /items/7}, where the server knows templates. */
  ServerCheck template(String route) {
    template = route;
    return this;
  }

  /** The status of a handler that throws; normally 500. */
  ServerCheck thrown(String status) {
    thrown = status;
    return this;
  }

  /** The server speaks HTTP/2 without TLS too. */
  ServerCheck http2() {
    http2 = true;
    return this;
  }

  /** Plays and checks all. */
  RunReport run(Path folder) throws Exception {
    AgentRun run =
        AgentRun.ofLibrary(jdk, folder)
            .options("warm=1000,summary=off")
            .classPath(Libs.classPath(jdk, set, app).toArray(new Path[0]))
            .classPath(
                Fakes.compile("hikari", folder),
                AgentRun.jarOf(StreamingChatModel.class),
                AgentRun.jarOf(LoggerFactory.class))
            .args("dev.coldstart.it.app." + app);
    try (ForkedApp fork = Secrets.plant(run).start(ServerScenes.class)) {
      play(fork);
      ForkedApp.Ended ended = fork.stop();
      RunReport report = fork.report();
      check(report);
      for (String path : STREAMED) {
        streamed(fork, Windows.one(report, path));
      }
      Secrets.check(fork.reports(), ended);
      return report;
    }
  }

  private void play(ForkedApp fork) throws Exception {
    RawHttp http = fork.http();
    for (String path : OTHERS) {
      assertThat(http.get(path + "?s3cr3t").status()).as(path).contains(" 200");
    }
    keptAlive(fork, http);
    assertThat(get(http, "/throws")).isEqualTo(thrown);
    assertThat(get(http, "/error")).isEqualTo("503");
    failed.addAll(List.of("/throws", "/error"));
    assertThat(get(http, "/async")).isEqualTo("200");
    for (String path : STREAMED) {
      stream(http, path);
    }
    goneInTheMiddle(http);
    Carried.concurrently(http, "/together/", TOGETHER);
    for (int i = 0; i < TOGETHER; i++) {
      routes.add("/together/" + i);
    }
    if (http2) {
      Http2.play(fork.port(), routes, failed, TOGETHER);
    }
    fork.awaitRequests(routes.size());
    get(http, "/plain");
    fork.awaitRequests(routes.size());
  }

  /** Several requests on one connection; its idle time belongs to nobody. */
  private void keptAlive(ForkedApp fork, RawHttp http) throws InterruptedException {
    try (RawHttp.Connection connection = http.connect()) {
      for (String path : List.of("/plain", "/chunks", "/empty", "/items/7")) {
        connection.send(path + Secrets.QUERY, headers());
        assertThat(connection.read().status()).as(path).contains(" 20");
        routes.add(path.equals("/items/7") ? template : path);
        // A client can be faster than the server's end of a request, and the next would be cold.
        fork.awaitRequests(routes.size());
        TimeUnit.MILLISECONDS.sleep(IDLE_MILLIS);
      }
    }
  }

  private String get(RawHttp http, String path) {
    routes.add(path);
    String status = http.get(path + Secrets.QUERY, headers()).status();
    return status.isEmpty() ? status : status.substring(9, 12);
  }

  private void stream(RawHttp http, String path) {
    routes.add(path);
    try (RawHttp.Connection connection = http.connect()) {
      sent.put(path, System.nanoTime());
      connection.send(path, TRACEPARENT, "Connection: close");
      seen.put(path, connection.await("first "));
      assertThat(connection.rest()).contains("second");
    }
  }

  private void goneInTheMiddle(RawHttp http) {
    routes.add("/endless");
    failed.add("/endless");
    try (RawHttp.Connection connection = http.connect()) {
      connection.send("/endless");
      connection.await("more");
      connection.reset();
    }
  }

  private static String[] headers() {
    List<String> headers = new ArrayList<>(List.of(Secrets.headers()));
    headers.add(TRACEPARENT);
    return headers.toArray(new String[0]);
  }

  private void check(RunReport report) {
    assertThat(report.agent().warnings()).isEmpty();
    assertThat(report.startup().readySignal()).isEqualTo(ready);
    assertThat(report.others())
        // What HTTP/2 without TLS begins with.
        .filteredOn(other -> !other.method().equals("upgrade"))
        .allMatch(other -> other.method().equals("GET") && other.count() == 1)
        .extracting(OtherEntry::route)
        .containsExactlyInAnyOrderElementsOf(OTHERS);
    List<RequestReport> requests = report.requests();
    assertThat(requests)
        .extracting(RequestReport::route)
        .containsExactlyInAnyOrderElementsOf(routes);
    assertThat(requests)
        .filteredOn(RequestReport::failed)
        .extracting(RequestReport::route)
        .containsExactlyInAnyOrderElementsOf(failed);
    assertThat(requests.get(0)).matches(r -> r.kind().equals("cold") && r.route().equals("/plain"));
    assertThat(requests).filteredOn(r -> r.kind().equals("cold")).hasSize(1);
    // Nothing of those that broke is in flight.
    assertThat(requests.get(requests.size() - 1).idleNanos()).isNotNull();
    for (RequestReport request : requests) {
      ownWork(request);
    }
    for (RequestReport request : requests.subList(0, 4)) {
      assertThat(request.traceId()).as(request.route()).isEqualTo(TRACE);
      assertThat(request.durationNanos())
          .as(request.route())
          .isLessThan(request.wallNanos() + TimeUnit.MILLISECONDS.toNanos(IDLE_MILLIS));
    }
    Sums.check(report);
  }

  private void ownWork(RequestReport request) {
    String route = request.route();
    assertThat(request.method()).as(route).isEqualTo("GET");
    assertThat(request.spans()).as(route).noneMatch(Span::inferred);
    if (!STREAMED.contains(route)) {
      assertThat(request.window()).as(route).isEqualTo("response_end");
      assertThat(request.spans())
          .as(route)
          .filteredOn(span -> span.phase().equals("db_connect"))
          .extracting(Carried::owner)
          .containsExactly(route.equals(template) ? "/items/7" : route);
    }
  }

  /** The window ends between the app's writing the first word and the client's seeing it. */
  private void streamed(ForkedApp fork, RequestReport request) {
    String route = request.route();
    String name = route.substring(1);
    long start = request.startMonotonicNanos();
    assertThat(request.window()).as(route).isEqualTo("first_visible_token");
    assertThat(start).as(route).isBetween(sent.get(route), Windows.mark(fork, name + ".handler"));
    assertThat(start + request.wallNanos())
        .as(route)
        .isBetween(Windows.mark(fork, name + ".before"), seen.get(route));
    assertThat(request.ttftNanos()).as(route).isPositive().isLessThanOrEqualTo(request.wallNanos());
    assertThat(request.llm()).as(route).singleElement().matches(call -> call.streaming());
    assertThat(request.traceId()).as(route).isEqualTo(TRACE);
    assertThat(request.parentSpanId()).as(route).isEqualTo(SPAN);
  }
}

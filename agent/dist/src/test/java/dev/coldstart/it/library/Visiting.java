package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.coldstart.it.app.Visits;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.DelayingProxy;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.it.harness.TestCertificates;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What {@link Visits} are made to: web servers behind proxies that make each step of a connection
 * slow by a known time, or break it. The visits of a client are checked against that.
 */
final class Visiting implements Closeable {
  /** What a visit counts for. */
  static final String PHASE = "remote_call";

  private static final long TLS_MILLIS = 400;
  private static final int TIMES = 3;

  /** How late a busy kernel may be with its second SYN. */
  private static final long KERNEL_NANOS = 50_000_000;

  /** How far a measured delay may be off: 5 %. */
  private static final int TOLERANCE_PART = 20;

  /** Scenes that fail before there is a connection, with the step that failed; "" for none. */
  private static final Map<String, String> FAILING =
      Map.of(
          "refused",
          "tcp",
          "unanswered",
          "tcp",
          "silent",
          "tls",
          "expired",
          "tls",
          "unknown",
          "dns");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Closeable> opened = new ArrayList<>();
  private final Map<String, String> urls = new LinkedHashMap<>();
  private final int plain;
  private boolean tellsResumption = true;
  private final DelayingProxy slowTcp;
  private final DelayingProxy unanswered;
  private final DelayingProxy kept;

  Visiting() throws Exception {
    plain = serve(null);
    int tls = serve(TestCertificates.VALID);
    kept = proxy(tls);
    urls.put("first", "https://127.0.0.1:" + kept.port() + "/");
    urls.put("again", urls.get("first"));
    for (int i = 0; i < TIMES; i++) {
      DelayingProxy slow = proxy(tls).slowTurn(1, TLS_MILLIS);
      urls.put("quick" + i, "https://127.0.0.1:" + proxy(tls).port() + "/");
      urls.put("slow" + i, "https://127.0.0.1:" + slow.port() + "/");
    }
    String closing = "https://127.0.0.1:" + proxy(tls).port() + "/close";
    urls.put("closing", closing);
    urls.put("resumed", closing);
    slowTcp = proxy(plain);
    urls.put("tcp", "http://127.0.0.1:" + slowTcp.port() + "/");
    Socket refusing = DelayingProxy.refusing();
    opened.add(refusing);
    urls.put("refused", "http://127.0.0.1:" + refusing.getLocalPort() + "/");
    unanswered = proxy(plain);
    urls.put("unanswered", "http://127.0.0.1:" + unanswered.port() + "/");
    DelayingProxy silent = proxy(tls).mode(DelayingProxy.Mode.HANG);
    urls.put("silent", "https://127.0.0.1:" + silent.port() + "/");
    urls.put("expired", "https://127.0.0.1:" + serve(TestCertificates.EXPIRED) + "/");
    urls.put("unknown", "http://nowhere.invalid/");
  }

  /** With an engine that does not tell whether a session was taken up. */
  Visiting withoutResumption() {
    tellsResumption = false;
    return this;
  }

  /** One more visit, which must work out. */
  Visiting also(String scene, String url) {
    urls.put(scene, url);
    return this;
  }

  /** The web server without TLS behind one more proxy. */
  DelayingProxy plainProxy() throws IOException {
    return proxy(plain);
  }

  /** The arguments of {@link Visits}. */
  private String[] args() {
    return urls.entrySet().stream()
        .map(scene -> scene.getKey() + '=' + scene.getValue())
        .toArray(String[]::new);
  }

  /** Checks an app that needs no libraries. */
  RunReport check(Jdk jdk, Class<? extends Visits> app, Path folder) throws Exception {
    return check(
        run(AgentRun.on(jdk, folder), app.getName()),
        run(AgentRun.on(jdk, folder), app.getName()),
        folder);
  }

  /** Checks an app of a set of libraries. */
  RunReport check(Jdk jdk, String set, String app, Path folder, String... jvm) throws Exception {
    Path[] jars = Libs.classPath(jdk, set, app).toArray(new Path[0]);
    String main = "dev.coldstart.it.app." + app;
    return check(
        run(AgentRun.ofLibrary(jdk, folder), main).classPath(jars).jvm(jvm),
        run(AgentRun.ofLibrary(jdk, folder), main).classPath(jars).jvm(jvm),
        folder);
  }

  private AgentRun run(AgentRun run, String app) {
    return run.jvm(TestCertificates.trusting()).args(app).args(args());
  }

  /** Plays all visits with the agent and the failing ones without, and compares. */
  private RunReport check(AgentRun watched, AgentRun plain, Path folder) throws Exception {
    watched.options("warm=1000,summary=off,probes=" + probes(folder));
    RunReport report;
    try (ForkedApp app = watched.start(main());
        ForkedApp bare = plain.withoutAgent().start(main())) {
      // What starts has the processors, which no visit with a known delay must share.
      app.port();
      bare.port();
      for (String scene : urls.keySet()) {
        if (FAILING.containsKey(scene)) {
          fail(app, bare, scene);
        } else {
          assertThat(play(app, scene)).as(scene).startsWith("visited");
        }
      }
      report = Libs.end(app, urls.size());
    }
    for (RequestReport request : report.requests()) {
      assertThat(request.phases()).as(request.route()).isNotEmpty();
      assertThat(request.spans()).as(request.route()).noneMatch(Span::open);
      assertThat(request.spans()).as(request.route()).noneMatch(Span::inferred);
      assertThat(request.spans()).extracting(Span::phase).containsOnly(PHASE);
    }
    first(request(report, "first"));
    assertThat(steps(request(report, "again"))).as("connection is kept").isEmpty();
    delays(report);
    failures(report);
    assertThat(report.toString()).doesNotContain("nowhere.invalid");
    return report;
  }

  /** A file of probes that makes each visit a phase. */
  static Path probes(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("probes"), Visits.class.getName() + "#visit " + PHASE + " visit\n");
  }

  /** The visit fails in both alike; both at once, because most of it is a wait for a time-out. */
  private void fail(ForkedApp watched, ForkedApp bare, String scene) throws IOException {
    if (scene.equals("unanswered")) {
      unanswered.fill();
    }
    CompletableFuture<String> plain = CompletableFuture.supplyAsync(() -> get(bare, scene));
    String seen = get(watched, scene);
    assertThat(seen).as(scene).isEqualTo(plain.join()).doesNotStartWith("visited");
    if (scene.equals("unanswered")) {
      unanswered.free();
    }
  }

  private String play(ForkedApp app, String scene) throws IOException {
    if (scene.equals("tcp")) {
      slowTcp.slowTcp();
    }
    return get(app, scene);
  }

  private static String get(ForkedApp app, String scene) {
    RawHttp.Response response = app.http().get("/" + scene);
    assertThat(response.status()).as(scene).isEqualTo("HTTP/1.1 200 OK");
    return response.body();
  }

  private void first(RequestReport request) {
    assertThat(steps(request)).containsExactly("tcp", "tls");
    Span tls = Calls.one(request, "tls");
    assertThat(tls.notes()).containsEntry("protocol", "TLSv1.3");
    assertThat(tls.notes().get("resumed")).isEqualTo(tellsResumption ? false : null);
    assertThat(Calls.one(request, "tcp").endNanos()).isLessThanOrEqualTo(tls.startNanos());
  }

  private void delays(RunReport report) {
    // The handshake itself takes time too, on a busy machine much, and not always the same.
    List<Long> quick = times(report, "quick", "tls");
    List<Long> slow = times(report, "slow", "tls");
    found(TLS_MILLIS, Collections.max(quick), Collections.min(slow), "tls");
    foundSlowTcp(Calls.one(request(report, "tcp"), "tcp"));
    assertThat(Calls.one(request(report, "closing"), "tls").notes().get("resumed"))
        .isEqualTo(tellsResumption ? false : null);
    assertThat(Calls.one(request(report, "resumed"), "tls").notes())
        .containsEntry("protocol", "TLSv1.3");
    assertThat(Calls.one(request(report, "resumed"), "tls").notes().get("resumed"))
        .isEqualTo(tellsResumption ? true : null);
  }

  /**
   * A step holds all of a delay, and beyond it no more than it takes without, and the tolerance.
   */
  private static void found(long millis, long without, long nanos, String step) {
    long delay = millis * 1_000_000;
    assertThat(nanos).as(step).isBetween(delay, delay + without + delay / TOLERANCE_PART);
  }

  /** Connecting took as long as {@link DelayingProxy#slowTcp} makes it. */
  static void foundSlowTcp(Span tcp) {
    found(DelayingProxy.SLOW_TCP_MILLIS, KERNEL_NANOS, tcp.exclusiveNanos(), "tcp");
  }

  /** Each look-up took as long as {@link SlowDns} makes it, if a busy machine lets it. */
  static void foundLookUps(RunReport report, String... scenes) {
    List<Long> times = new ArrayList<>();
    for (String scene : scenes) {
      times.add(Calls.one(Calls.of(report, "/" + scene).get(0), "dns").exclusiveNanos());
    }
    found(SlowDns.MILLIS, KERNEL_NANOS, Collections.min(times), "dns");
  }

  /** Of scenes that do the same, of which each has but two steps. */
  private static List<Long> times(RunReport report, String scenes, String step) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      RequestReport request = request(report, scenes + i);
      assertThat(steps(request)).containsExactly("tcp", "tls");
      times.add(Calls.one(request, step).exclusiveNanos());
    }
    return times;
  }

  private static void failures(RunReport report) {
    FAILING.forEach(
        (scene, step) -> {
          RequestReport request = request(report, scene);
          List<Span> failed =
              request.spans().stream()
                  .filter(span -> span.failed() && span.name().equals(step))
                  .toList();
          // Some clients try again.
          assertThat(failed).as(scene + " in " + request.spans()).isNotEmpty();
          assertThat(failed.get(0).notes().get("error")).as(scene).isNotNull();
        });
  }

  /** Names of the steps of connections in a request, in order. */
  static List<String> steps(RequestReport request) {
    return request.spans().stream().map(Span::name).filter(name -> !name.equals("visit")).toList();
  }

  static RequestReport request(RunReport report, String scene) {
    List<RequestReport> found = Calls.of(report, "/" + scene);
    assertThat(found).as(scene).hasSize(1);
    return found.get(0);
  }

  private static Class<?> main() {
    return dev.coldstart.it.app.Scenes.class;
  }

  private DelayingProxy proxy(int port) throws IOException {
    DelayingProxy proxy = new DelayingProxy(port);
    opened.add(proxy);
    return proxy;
  }

  /** Returns the port of a web server, with TLS if it has a certificate. */
  private int serve(String certificate) throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server =
        certificate == null ? HttpServer.create(any, 0) : HttpsServer.create(any, 0);
    if (server instanceof HttpsServer https) {
      https.setHttpsConfigurator(new HttpsConfigurator(TestCertificates.context(certificate)));
    }
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          if (exchange.getRequestURI().getPath().equals("/close")) {
            exchange.getResponseHeaders().set("Connection", "close");
          }
          byte[] body = "visited".getBytes(StandardCharsets.US_ASCII);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    opened.add(() -> server.stop(0));
    return server.getAddress().getPort();
  }

  @Override
  public void close() throws IOException {
    for (Closeable one : opened) {
      one.close();
    }
    threads.shutdownNow();
  }
}

package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.app.StoreFaults;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.DelayingProxy;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/**
 * Servers of stores that speak HTTP, each with something wrong. What the application sees of that
 * ({@link StoreFaults}) must be the same without the agent.
 */
final class StoreFaultCheck implements AutoCloseable {
  private static final List<String> BAD_CERTIFICATES =
      List.of(TestCertificates.EXPIRED, TestCertificates.WRONG_HOST);

  private static final String KEPT = "kept";

  /** The same connection, which has been gone since without a word. */
  private static final String STALE = "stale";

  private static final String DENIED = "{\"error\":\"no such user\",\"status\":401}";

  private final List<Closeable> opened = new ArrayList<>();
  private final Map<String, String> urls = new LinkedHashMap<>();
  private final DelayingProxy keeping;

  StoreFaultCheck() throws Exception {
    Socket refusing = DelayingProxy.refusing();
    opened.add(refusing);
    urls.put("refused", "http://127.0.0.1:" + refusing.getLocalPort());
    HttpServer denying = HttpServer.create(new InetSocketAddress(loopback(), 0), 0);
    urls.put("denied", "http://127.0.0.1:" + serve(denying));
    urls.put("silent", "http://127.0.0.1:" + proxy(denying, DelayingProxy.Mode.HANG));
    urls.put("broken", "http://127.0.0.1:" + proxy(denying, DelayingProxy.Mode.RESET));
    for (String certificate : BAD_CERTIFICATES) {
      HttpsServer secure = HttpsServer.create(new InetSocketAddress(loopback(), 0), 0);
      secure.setHttpsConfigurator(new HttpsConfigurator(TestCertificates.context(certificate)));
      urls.put(certificate, "https://127.0.0.1:" + serve(secure));
    }
    keeping = new DelayingProxy(denying.getAddress().getPort());
    opened.add(keeping);
    urls.put(KEPT, StoreFaults.KEEP + "http://127.0.0.1:" + keeping.port());
    urls.put(STALE, urls.get(KEPT));
  }

  /** Plays the app of a set without the agent and with it, and compares. */
  void verify(String set, String app, Path folder) throws IOException {
    // Both at once: they do nothing but wait.
    try (ForkedApp bare =
            run(set, app, folder.resolve("plain")).withoutAgent().start(Scenes.class);
        ForkedApp watched = run(set, app, folder.resolve("watched")).start(Scenes.class)) {
      CompletableFuture<Map<String, String>> plain =
          CompletableFuture.supplyAsync(() -> play(bare));
      Map<String, String> seen = play(watched);
      assertThat(comparable(seen)).isEqualTo(comparable(plain.join()));
      String kept = play(watched, KEPT);
      assertThat(kept).isEqualTo(play(bare, KEPT));
      seen.put('/' + KEPT, kept);
      keeping.dropSilently();
      String stale = play(watched, STALE);
      assertThat(comparable(Map.of(STALE, stale)))
          .isEqualTo(comparable(Map.of(STALE, play(bare, STALE))));
      seen.put('/' + STALE, stale);
      RunReport report = Libs.end(watched, urls.size());
      for (RequestReport request : report.requests()) {
        failedWith(request, seen.get(request.route()));
      }
      assertThat(report.toString()).doesNotContain("no such user", "refused: ", "127.0.0.1:");
    }
  }

  private static void failedWith(RequestReport request, String seen) {
    assertThat(seen).as(request.route()).isNotEqualTo("nothing");
    assertThat(request.spans()).as(request.route()).noneMatch(Span::open);
    List<Span> failed =
        request.spans().stream()
            .filter(span -> span.failed() && span.phase().startsWith("vector_store_"))
            .toList();
    assertThat(failed).as(request.route() + ": " + request.spans()).isNotEmpty();
    assertThat(failed)
        .as(request.route())
        .anyMatch(span -> seen.contains("" + span.notes().get("error")));
    String scene = request.route().substring(1);
    List<Span> tls = Calls.spans(request, "tls");
    assertThat(tls).as(scene).hasSize(BAD_CERTIFICATES.contains(scene) ? 1 : 0);
    // Whose it is is looked at after the handshake.
    assertThat(tls)
        .as(scene)
        .allMatch(span -> span.failed() == scene.equals(TestCertificates.EXPIRED));
    if (scene.equals(STALE)) {
      assertThat(Calls.spans(request, "tcp")).as("connection is kept").isEmpty();
    }
  }

  private Map<String, String> play(ForkedApp fork) {
    Map<String, String> seen = new LinkedHashMap<>();
    for (String scene : urls.keySet()) {
      if (!scene.equals(KEPT) && !scene.equals(STALE)) {
        seen.put('/' + scene, play(fork, scene));
      }
    }
    return seen;
  }

  private static String play(ForkedApp fork, String scene) {
    return fork.http().get('/' + scene).body();
  }

  /** Where on its event loop a client meets a fault is a race, and connections have numbers. */
  private static Map<String, String> comparable(Map<String, String> seen) {
    Map<String, String> comparable = new LinkedHashMap<>();
    seen.forEach(
        (route, thrown) ->
            comparable.put(
                route,
                route.equals("/broken")
                    ? outermostClass(thrown)
                    : thrown
                        .replaceAll("http-outgoing-\\d+", "http-outgoing")
                        .replaceAll("\n  org\\.apache\\.h[^\n]*", "")));
    return comparable;
  }

  /** Whether a client meets a reset while it writes or while it reads is a race. */
  private static String outermostClass(String thrown) {
    return thrown.substring(0, Math.max(0, thrown.indexOf(':')));
  }

  private AgentRun run(String set, String app, Path folder) throws IOException {
    return AgentRun.ofLibrary(Jdks.any(), Files.createDirectories(folder))
        .options("warm=1000,summary=off")
        .jvm(TestCertificates.trusting())
        .classPath(Libs.classPath(set, app).toArray(new Path[0]))
        .args("dev.coldstart.it.app." + app)
        .args(
            urls.entrySet().stream()
                .map(url -> url.getKey() + '=' + url.getValue())
                .toArray(String[]::new));
  }

  private int serve(HttpServer server) {
    server.createContext(
        "/",
        exchange -> {
          byte[] body = DENIED.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.getResponseHeaders().set("X-Elastic-Product", "Elasticsearch");
          exchange.sendResponseHeaders(401, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    opened.add(() -> server.stop(0));
    return server.getAddress().getPort();
  }

  private int proxy(HttpServer server, DelayingProxy.Mode mode) throws IOException {
    DelayingProxy proxy = new DelayingProxy(server.getAddress().getPort()).mode(mode);
    opened.add(proxy);
    return proxy.port();
  }

  private static InetAddress loopback() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public void close() throws IOException {
    for (Closeable one : opened) {
      one.close();
    }
  }
}

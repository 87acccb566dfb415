package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.DelayingProxy;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A driver on a real database: plain and with TLS, and with a database that refuses, says nothing,
 * does not know the password, has a certificate nobody trusts, or is gone without a word. With and
 * without the agent the application sees the same.
 */
final class JdbcCheck {
  private static final List<String> WORKING = List.of("plain", "tls", "kept");
  private static final String STALE = "stale";

  /** What drivers put into messages to tell their connections apart. */
  private static final String CONNECTION_ID = "conn=\\d+";

  private final String connect;
  private final Urls urls;

  /** JDBC URLs with a short timeout, by port, password and whether TLS verifies certificates. */
  interface Urls {
    String url(int port, String password, boolean tls, boolean trusting);
  }

  /**
   * A driver.
   *
   * @param connect its interval of a connection
   */
  JdbcCheck(String connect, Urls urls) {
    this.connect = connect;
    this.urls = urls;
  }

  void verify(String set, int port, String password, Path folder) throws Exception {
    try (Socket refusing = DelayingProxy.refusing();
        DelayingProxy silent = new DelayingProxy(port).mode(DelayingProxy.Mode.HANG);
        DelayingProxy kept = new DelayingProxy(port)) {
      Map<String, String> scenes = new LinkedHashMap<>();
      scenes.put("plain", urls.url(port, password, false, true));
      scenes.put("tls", urls.url(port, password, true, true));
      scenes.put("refused", urls.url(refusing.getLocalPort(), password, false, true));
      scenes.put("silent", urls.url(silent.port(), password, false, true));
      scenes.put("password", urls.url(port, "not-" + password, false, true));
      scenes.put("untrusted", urls.url(port, password, true, false));
      scenes.put("kept", "keep " + urls.url(kept.port(), password, false, true));
      scenes.put(STALE, scenes.get("kept"));
      Map<String, String> watched = new LinkedHashMap<>();
      RunReport report;
      try (ForkedApp app = run(set, scenes, folder.resolve("watched"), true).start(Scenes.class)) {
        play(app, scenes, kept, watched);
        report = Libs.end(app, scenes.size());
      }
      Map<String, String> alone = new LinkedHashMap<>();
      try (ForkedApp app = run(set, scenes, folder.resolve("alone"), false).start(Scenes.class)) {
        play(app, scenes, kept, alone);
      }
      assertThat(watched).isEqualTo(alone);
      assertThat(report.toString()).doesNotContain(password).doesNotContain(":" + port);
      for (String scene : scenes.keySet()) {
        told(scene, Visiting.request(report, scene));
      }
    }
  }

  private static AgentRun run(String set, Map<String, String> scenes, Path folder, boolean agent)
      throws Exception {
    Files.createDirectories(folder);
    AgentRun run =
        AgentRun.ofLibrary(Jdks.any(), folder)
            .classPath(Libs.classPath(set, "JdbcVisits").toArray(new Path[0]))
            .args("dev.coldstart.it.app.JdbcVisits")
            .args(
                scenes.entrySet().stream()
                    .map(scene -> scene.getKey() + '=' + scene.getValue())
                    .toArray(String[]::new));
    if (!agent) {
      return run.withoutAgent();
    }
    Path probes = folder.resolve("probes");
    Files.writeString(probes, "dev.coldstart.it.app.Visits#visit remote_call visit\n");
    return run.options("warm=1000,summary=off,probes=" + probes);
  }

  private static void play(
      ForkedApp app, Map<String, String> scenes, DelayingProxy kept, Map<String, String> answers) {
    for (String scene : scenes.keySet()) {
      if (scene.equals(STALE)) {
        kept.dropSilently();
      }
      RawHttp.Response response = app.http().get("/" + scene);
      assertThat(response.status()).as(scene).isEqualTo("HTTP/1.1 200 OK");
      String body = response.body().replaceAll(CONNECTION_ID, "conn");
      assertThat(body.startsWith("visited"))
          .as(scene + ": " + body)
          .isEqualTo(WORKING.contains(scene));
      answers.put(scene, body);
    }
  }

  private void told(String scene, RequestReport request) {
    assertThat(request.spans()).as(scene).noneMatch(span -> span.open() || span.inferred());
    if (scene.equals(STALE)) {
      assertThat(Calls.spans(request, connect)).as("connection is kept").isEmpty();
      assertThat(request.spans()).anyMatch(Span::failed);
      return;
    }
    Span whole = Calls.one(request, connect);
    assertThat(whole.phase()).isEqualTo("db_connect");
    assertThat(whole.failed()).as(scene).isEqualTo(!WORKING.contains(scene));
    if (whole.failed()) {
      assertThat(whole.notes().get("error")).as(scene).isNotNull();
    } else {
      assertThat(Calls.spans(request, "tls")).as(scene).hasSize(scene.equals("tls") ? 1 : 0);
      Calls.one(request, "tcp");
      Calls.one(request, "auth");
    }
    if (scene.equals("refused")) {
      assertThat(Calls.spans(request, "tcp")).isNotEmpty().allMatch(Span::failed);
    } else if (scene.equals("untrusted")) {
      assertThat(Calls.spans(request, "tls")).isNotEmpty().allMatch(Span::failed);
    }
  }
}

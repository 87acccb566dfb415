package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.DelayingProxy;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.it.harness.TestCertificates;
import dev.coldstart.it.harness.TlsFront;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A client of a real database: plain and with TLS, and with a database that refuses, says nothing,
 * does not know the password, has a certificate nobody trusts, or is gone without a word. With and
 * without the agent the application sees the same.
 */
final class ClientCheck {
  private static final String STALE = "stale";

  /** Whether a client meets this while it writes or while it reads is a race. */
  private static final String RESET = "reset";

  /** Less than any client's timeout here, and more than connecting takes. */
  private static final long GIVEN_UP_NANOS = 900_000_000;

  /** What clients put into messages to tell their connections apart. */
  private static final String CONNECTION_ID = "conn=\\d+|0x\\p{XDigit}+|/127\\.0\\.0\\.1:\\d+";

  /**
   * Whether Netty meets a handshake that fails while it decodes is a race: without the agent, too,
   * a client sees this around the cause now and then.
   */
  private static final String AROUND = "(?m)^io\\.netty\\.handler\\.codec\\.DecoderException.*\\n";

  private final String app;
  private final String connect;
  private final Urls urls;
  private final Map<String, String> more = new LinkedHashMap<>();
  private final Set<String> working = new HashSet<>(Set.of("plain", "tls", "kept"));
  private int tlsPort;
  private TlsFront.Asked asked;

  /** What the app is told to visit, with a short timeout. */
  interface Urls {
    /**
     * A URL or whatever the app takes.
     *
     * @param trusting whether it trusts who signed the certificates of the real servers, and not
     *     who signed those of the tests
     */
    String url(int port, String password, boolean tls, boolean trusting);
  }

  /**
   * A client.
   *
   * @param app visits it, see {@code Visits}
   * @param connect its interval of a connection
   */
  ClientCheck(String app, String connect, Urls urls) {
    this.app = app;
    this.connect = connect;
    this.urls = urls;
  }

  /** TLS is not spoken on the same port. */
  ClientCheck tlsPort(int port) {
    tlsPort = port;
    return this;
  }

  /**
   * Also a server that hangs up, and certificates that have expired or are another host's.
   *
   * @param how the client's protocol begins TLS
   */
  ClientCheck certificates(TlsFront.Asked how) {
    asked = how;
    return this;
  }

  /** One more server that cannot be used. */
  ClientCheck with(String scene, String url) {
    more.put(scene, url);
    return this;
  }

  /** One more visit that works out. */
  ClientCheck working(String scene, String url) {
    working.add(scene);
    return with(scene, url);
  }

  /** Plays it, and returns the report once everything is as it should be. */
  RunReport verify(String set, int port, String password, Path folder) throws Exception {
    int tls = tlsPort == 0 ? port : tlsPort;
    try (Socket refusing = DelayingProxy.refusing();
        DelayingProxy silent = new DelayingProxy(port).mode(DelayingProxy.Mode.HANG);
        DelayingProxy reset = new DelayingProxy(port).mode(DelayingProxy.Mode.RESET);
        TlsFront expired = front(tls, TestCertificates.EXPIRED);
        TlsFront elsewhere = front(tls, TestCertificates.WRONG_HOST);
        DelayingProxy kept = new DelayingProxy(port)) {
      Map<String, String> scenes = new LinkedHashMap<>();
      scenes.put("plain", urls.url(port, password, false, true));
      scenes.put("tls", urls.url(tls, password, true, true));
      scenes.put("refused", urls.url(refusing.getLocalPort(), password, false, true));
      scenes.put("silent", urls.url(silent.port(), password, false, true));
      scenes.put("password", urls.url(port, "not-" + password, false, true));
      scenes.put("untrusted", urls.url(tls, password, true, false));
      if (asked != null) {
        scenes.put(RESET, urls.url(reset.port(), password, false, true));
        scenes.put("expired", urls.url(expired.port(), password, true, false));
        scenes.put("elsewhere", urls.url(elsewhere.port(), password, true, false));
      }
      scenes.putAll(more);
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
        told(scene, Visiting.request(report, scene), alone.get(scene));
      }
      return report;
    }
  }

  private TlsFront front(int port, String certificate) throws Exception {
    return asked == null ? null : new TlsFront(port, certificate, asked);
  }

  private AgentRun run(String set, Map<String, String> scenes, Path folder, boolean agent)
      throws Exception {
    Files.createDirectories(folder);
    AgentRun run =
        AgentRun.ofLibrary(Jdks.any(), folder)
            .classPath(Libs.classPath(set, app).toArray(new Path[0]))
            .args("dev.coldstart.it.app." + app)
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

  private void play(
      ForkedApp app, Map<String, String> scenes, DelayingProxy kept, Map<String, String> answers) {
    for (String scene : scenes.keySet()) {
      if (scene.equals(STALE)) {
        kept.dropSilently();
      }
      RawHttp.Response response = app.http().get("/" + scene);
      assertThat(response.status()).as(scene).isEqualTo("HTTP/1.1 200 OK");
      String body = response.body().replaceAll(CONNECTION_ID, "conn").replaceAll(AROUND, "");
      assertThat(body.startsWith("visited"))
          .as(scene + ": " + body)
          .isEqualTo(working.contains(scene));
      answers.put(scene, scene.equals(RESET) ? body.substring(0, body.indexOf(':')) : body);
    }
  }

  private void told(String scene, RequestReport request, String seen) {
    assertThat(request.spans()).as(scene).noneMatch(span -> span.open() || span.inferred());
    if (scene.equals(STALE)) {
      // A pool may replace it once it is given up.
      assertThat(Calls.spans(request, connect))
          .as("connection is kept")
          .allMatch(another -> another.startNanos() > GIVEN_UP_NANOS);
      assertThat(request.spans()).anyMatch(Span::failed);
      return;
    }
    // A client may try once more.
    List<Span> attempts = Calls.spans(request, connect);
    assertThat(attempts).as(scene).isNotEmpty();
    for (Span whole : attempts) {
      assertThat(whole.phase()).as(scene).endsWith("_connect");
      assertThat(whole.failed()).as(scene).isEqualTo(!working.contains(scene));
    }
    if (working.contains(scene)) {
      assertThat(attempts).as(scene).hasSize(1);
      assertThat(Calls.spans(request, "tls")).as(scene).hasSize(scene.equals("tls") ? 1 : 0);
      Calls.one(request, "tcp");
      Calls.one(request, "auth");
    } else {
      assertThat(attempts)
          .as(scene + ": " + seen)
          .allMatch(whole -> seen.contains("" + whole.notes().get("error")));
    }
    if (scene.equals("refused")) {
      assertThat(Calls.spans(request, "tcp")).isNotEmpty().allMatch(Span::failed);
    } else if (scene.equals("untrusted") || scene.equals("expired")) {
      assertThat(Calls.spans(request, "tls")).isNotEmpty().allMatch(Span::failed);
    }
  }
}

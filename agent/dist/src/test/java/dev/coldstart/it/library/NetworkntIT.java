package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A JSON schema that refers to one on a slow server: fetched when loaded, or at its first use. */
class NetworkntIT {
  private static final String PLACE = "/secret-place";
  private static final long FETCH_MILLIS = 60;
  private static final byte[] SCHEMA =
      "{\"type\":\"object\",\"required\":[\"id\"]}".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"networknt1", "networknt3"})
  void timesLoadingFetchingAndValidating(String set) throws Exception {
    HttpServer server = schemaServer();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + PLACE;
    try (ForkedApp app = Libs.start(set, "NetworkntApp", folder, url)) {
      for (String load : List.of("/load", "/load/lazy")) {
        assertThat(app.http().get(load).status()).as(load).isEqualTo("HTTP/1.1 200 OK");
        for (int i = 0; i < 3; i++) {
          assertThat(app.http().get("/validate").body()).as("violations").isEqualTo("1");
        }
      }
      verify(Libs.end(app, 8));
    } finally {
      server.stop(0);
    }
  }

  private static void verify(RunReport report) {
    assertThat(report.agent().libraries()).contains("networknt");
    assertThat(report.toString()).doesNotContain(PLACE);
    RequestReport load = Calls.of(report, "/load").get(0);
    fetches(load, "schema: load");
    RequestReport lazy = Calls.of(report, "/load/lazy").get(0);
    assertThat(Calls.spans(lazy, "schema: load")).hasSize(1);
    assertThat(Calls.spans(lazy, "schema: fetch")).isEmpty();
    List<RequestReport> validations = Calls.of(report, "/validate");
    for (int i = 0; i < validations.size(); i++) {
      RequestReport request = validations.get(i);
      assertThat(Calls.spans(request, "schema: validate")).hasSize(1);
      if (i == 3) {
        fetches(request, "schema: validate");
      } else {
        assertThat(Calls.spans(request, "schema: fetch")).as("validation " + i).isEmpty();
        assertThat(Calls.spans(request, "schema: document")).as("validation " + i).isEmpty();
      }
    }
  }

  private static void fetches(RequestReport request, String during) {
    Span around = Calls.spans(request, during).get(0);
    List<Span> fetches = Calls.spans(request, "schema: fetch");
    assertThat(fetches).as(during).hasSize(1);
    Span fetch = fetches.get(0);
    assertThat(fetch.startNanos()).isGreaterThan(around.startNanos());
    assertThat(fetch.endNanos()).isLessThan(around.endNanos());
    assertThat(fetch.endNanos() - fetch.startNanos())
        .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(FETCH_MILLIS));
    assertThat(Calls.spans(request, "schema: document"))
        .anyMatch(document -> "http".equals(document.notes().get("scheme")));
    assertThat(request.spans()).allMatch(span -> span.phase().equals("schema_validation"));
  }

  private static HttpServer schemaServer() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        PLACE,
        exchange -> {
          ModelServer.pause(FETCH_MILLIS);
          exchange.sendResponseHeaders(200, SCHEMA.length);
          exchange.getResponseBody().write(SCHEMA);
          exchange.close();
        });
    server.start();
    return server;
  }
}

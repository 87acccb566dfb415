package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * JSON schemas with a reference to a slow server: the first validation fetches, later ones do not.
 */
class NetworkntIT {
  private static final long FETCH_MILLIS = 60;
  private static final byte[] SCHEMA =
      "{\"type\":\"object\",\"required\":[\"id\"]}".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"networknt1", "networknt3"})
  void timesLoadingFetchingAndValidating(String set) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/secret-place",
        exchange -> {
          ModelServer.pause(FETCH_MILLIS);
          exchange.sendResponseHeaders(200, SCHEMA.length);
          exchange.getResponseBody().write(SCHEMA);
          exchange.close();
        });
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/secret-place";
    try (ForkedApp app = Libs.start(set, "NetworkntApp", folder, url)) {
      for (String path : List.of("/load", "/validate", "/validate", "/validate")) {
        assertThat(app.http().get(path).status()).as(path).isEqualTo("HTTP/1.1 200 OK");
      }
      app.stop();
      verify(app.report());
    } finally {
      server.stop(0);
    }
  }

  private static void verify(RunReport report) {
    assertThat(report.agent().warnings()).isEmpty();
    assertThat(report.toString()).doesNotContain("secret-place");
    RequestReport load = Calls.of(report, "/load").get(0);
    assertThat(Calls.spans(load, "schema: load")).hasSize(1);
    assertThat(schemaNanos(load)).isPositive();
    List<RequestReport> validations = Calls.of(report, "/validate");
    RequestReport first = validations.get(0);
    Span validate = Calls.spans(first, "schema: validate").get(0);
    List<Span> fetches = Calls.spans(first, "schema: fetch");
    List<Span> documents = Calls.spans(first, "schema: document");
    // 1.x resolves references when a schema is compiled, 3.x may do so when it is loaded.
    boolean lazy = !fetches.isEmpty();
    List<Span> all = lazy ? fetches : Calls.spans(load, "schema: fetch");
    assertThat(all).hasSize(1);
    assertThat(all.get(0).endNanos() - all.get(0).startNanos())
        .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(FETCH_MILLIS));
    if (lazy) {
      assertThat(documents).anyMatch(d -> "http".equals(d.notes().get("scheme")));
      assertThat(all.get(0).startNanos()).isGreaterThan(validate.startNanos());
      assertThat(all.get(0).endNanos()).isLessThan(validate.endNanos());
    }
    for (RequestReport later : validations.subList(1, validations.size())) {
      assertThat(Calls.spans(later, "schema: validate")).hasSize(1);
      assertThat(Calls.spans(later, "schema: fetch")).isEmpty();
      assertThat(schemaNanos(later)).isLessThan(TimeUnit.MILLISECONDS.toNanos(FETCH_MILLIS));
    }
  }

  private static long schemaNanos(RequestReport request) {
    return request.phases().stream()
        .filter(phase -> phase.phase().equals("schema_validation"))
        .mapToLong(PhaseTime::exclusiveNanos)
        .sum();
  }
}

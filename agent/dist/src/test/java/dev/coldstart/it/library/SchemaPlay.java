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

/** Plays an app whose JSON schema refers to one on a slow server, which asks for an "id". */
final class SchemaPlay {
  private static final String PLACE = "/secret-place";
  private static final long FETCH_MILLIS = 60;
  private static final byte[] SCHEMA =
      "{\"type\":\"object\",\"required\":[\"id\"]}".getBytes(StandardCharsets.UTF_8);

  private SchemaPlay() {}

  /**
   * Runs scenes once each; "/validate" must find something invalid.
   *
   * @param library whose name the report must have
   */
  static RunReport play(String set, String app, Path folder, String library, List<String> scenes)
      throws IOException {
    HttpServer server = schemaServer();
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + PLACE;
    try (ForkedApp fork = Libs.start(set, app, folder, url)) {
      for (String scene : scenes) {
        var answer = fork.http().get(scene);
        assertThat(answer.status()).as(scene + fork.err()).isEqualTo("HTTP/1.1 200 OK");
        if (scene.equals("/validate")) {
          assertThat(answer.body()).isEqualTo("false");
        }
      }
      RunReport report = Libs.end(fork, scenes.size());
      assertThat(report.agent().libraries()).contains(library);
      assertThat(report.toString()).doesNotContain(PLACE);
      for (RequestReport request : report.requests()) {
        assertThat(request.spans())
            .as(request.route())
            .allMatch(span -> span.phase().equals("schema_validation"));
      }
      return report;
    } finally {
      server.stop(0);
    }
  }

  /** The first of these validations is named so; each is one span, whatever it goes through. */
  static void validations(List<RequestReport> validations) {
    for (int i = 0; i < validations.size(); i++) {
      RequestReport request = validations.get(i);
      String name = i == 0 ? "schema: first validate" : "schema: validate";
      Span validation = Calls.one(request, name);
      assertThat(validation.parent()).isNull();
      String other = i == 0 ? "schema: validate" : "schema: first validate";
      assertThat(Calls.spans(request, other)).as("validation " + i).isEmpty();
    }
  }

  /** A first use loads classes, and the span says how many and for how long. */
  static void loadsClasses(Span span) {
    countsClasses(span);
    assertThat((Number) span.notes().get("process_class_load_ns"))
        .extracting(Number::longValue)
        .satisfies(nanos -> assertThat(nanos).isPositive());
  }

  /** How many: all there is before the agent has the JVM's counters, shortly after its start. */
  static void countsClasses(Span span) {
    assertThat(span.notes()).as(span.name()).containsKey("process_classes");
    assertThat((Number) span.notes().get("process_classes"))
        .extracting(Number::longValue)
        .satisfies(classes -> assertThat(classes).isGreaterThan(3));
  }

  /** During one of its spans the request waited for the server, once. */
  static Span fetches(RequestReport request, String fetch, String during) {
    Span around = Calls.spans(request, during).get(0);
    Span fetched = Calls.one(request, fetch);
    assertThat(fetched.startNanos()).isGreaterThan(around.startNanos());
    assertThat(fetched.endNanos()).isLessThan(around.endNanos());
    assertThat(fetched.endNanos() - fetched.startNanos())
        .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(FETCH_MILLIS));
    assertThat(fetched.notes()).containsEntry("scheme", "http");
    return fetched;
  }

  private static HttpServer schemaServer() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        PLACE,
        exchange -> {
          ModelServer.pause(FETCH_MILLIS);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, SCHEMA.length);
          exchange.getResponseBody().write(SCHEMA);
          exchange.close();
        });
    server.start();
    return server;
  }
}

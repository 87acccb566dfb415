package dev.coldstart.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.SoftAssertions;

/**
 * Plays the ways of a {@code ContextApp}, each in eight requests at once, and checks whose work is
 * where.
 */
public final class Carried {
  private static final int AT_ONCE = 8;

  /** Plays each way. */
  public static void play(RawHttp http, Map<String, Integer> ways) throws Exception {
    for (String way : ways.keySet()) {
      concurrently(http, "/way/" + way + "/", AT_ONCE);
    }
  }

  /** Waits until they are reported: an app that ends at once may lose the last ones. */
  public static void await(ForkedApp app, Map<String, Integer> ways) {
    long working = ways.values().stream().filter(count -> count > 0).count();
    app.awaitRequests((int) working * AT_ONCE);
  }

  /**
   * Each request has its own work and no other.
   *
   * @param ways how often each does its work
   */
  public static void check(RunReport report, Map<String, Integer> ways) {
    SoftAssertions softly = new SoftAssertions();
    ways.forEach(
        (way, count) -> {
          for (int i = 0; i < AT_ONCE; i++) {
            String route = "/way/" + way + "/" + i;
            List<Span> spans = spans(report, route);
            softly.assertThat(spans).as(route).hasSize(count);
            softly.assertThat(spans).as(route).noneMatch(Span::inferred);
            softly.assertThat(spans).as(route).allMatch(span -> owner(span).equals(route));
          }
        });
    softly.assertAll();
  }

  /** The work in the requests of a route. */
  public static List<Span> spans(RunReport report, String route) {
    return report.requests().stream()
        .filter(request -> request.route().equals(route))
        .flatMap(request -> request.spans().stream())
        .filter(span -> span.phase().equals("db_connect"))
        .toList();
  }

  /** Whose work it is. */
  public static String owner(Span span) {
    return String.valueOf(span.notes().get("pool"));
  }

  /** Sends some requests at the same time: a path, and behind it a number from 0. */
  public static void concurrently(RawHttp http, String path, int count) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(count);
    try {
      List<Future<RawHttp.Response>> responses = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String target = path + i;
        responses.add(clients.submit(() -> http.get(target)));
      }
      for (Future<RawHttp.Response> response : responses) {
        assertThat(response.get().status()).as(path).startsWith("HTTP/1.1 200");
      }
    } finally {
      clients.shutdown();
    }
  }

  private Carried() {}
}

package dev.coldstart.it.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.util.List;

/**
 * Compares a request's window with times the app printed around the same events. All processes of a
 * machine share the clock.
 */
public final class Windows {
  /** The requests of a route, oldest first. */
  public static List<RequestReport> of(RunReport report, String route) {
    return report.requests().stream().filter(r -> r.route().equals(route)).toList();
  }

  /** The only request of a route. */
  public static RequestReport one(RunReport report, String route) {
    List<RequestReport> found = of(report, route);
    assertThat(found).as(route).hasSize(1);
    return found.get(0);
  }

  /**
   * A streamed answer: the window begins between the client's sending and the handler's begin, and
   * ends while the first word leaves, before the answer ends.
   */
  public static void streamed(ForkedApp app, RequestReport request, String name, long sentNanos) {
    long start = request.startMonotonicNanos();
    long visible = start + request.wallNanos();
    assertThat(request.window()).as(name).isEqualTo("first_visible_token");
    assertThat(start).as(name).isBetween(sentNanos, mark(app, name + ".handler"));
    assertThat(visible).as(name).isBetween(mark(app, name + ".before"), mark(app, name + ".after"));
    assertThat(request.ttftNanos()).as(name).isPositive().isLessThanOrEqualTo(request.wallNanos());
    assertThat(request.failed()).as(name).isFalse();
    assertThat(request.llm()).as(name).singleElement().matches(call -> call.streaming());
  }

  /** A time the app printed. */
  public static long mark(ForkedApp app, String name) {
    return Long.parseLong(app.line(name + "="));
  }

  private Windows() {}
}

package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.Messages;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Secrets;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.it.harness.Windows;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends messages to the listeners of an app and finds the requests that they became. The name of a
 * message tells the queue and what its handler does, see {@code Messages}.
 */
final class Deliveries {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  /** Sent first: one that no agent works for, and the first request of the process. */
  private static final List<String> FIRST = List.of("orders/quiet", "orders/plain");

  private final String kind;
  private final String prefix;
  private final List<String> messages = new ArrayList<>(FIRST);
  private final List<String> together = new ArrayList<>();
  private int requests = 1;
  private RunReport report;
  private ForkedApp fork;

  /**
   * @param kind of the broker, as requests name it
   */
  Deliveries(String kind) {
    this(kind, "");
  }

  /** The same; routes begin with this. */
  Deliveries(String kind, String prefix) {
    this.kind = kind;
    this.prefix = prefix;
  }

  /** Sends a message once the one before has been handled; several at once with commas. */
  void send(String... more) {
    for (String message : more) {
      messages.add(message);
      requests += message.split(",", -1).length;
    }
  }

  /** Sends four messages at once, whose handlers wait for each other. */
  void together(String queue) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      names.add(queue + "/together." + i);
    }
    send(String.join(",", names));
    together.addAll(names);
  }

  /** Plays them, and checks what holds for all. */
  RunReport play(String set, String app, Path folder) {
    try (ForkedApp started = Libs.listen(set, app, folder, messages.toArray(new String[0]))) {
      fork = started;
      // A handler is done before the agent sees its request end, and the next would be cold.
      fork.await("the first messages", () -> fork.line("first=") != null);
      fork.awaitRequests(1);
      fork.tell("go on");
      fork.await("handled messages", () -> fork.line("handled=") != null);
      fork.awaitRequests(requests);
      ForkedApp.Ended ended = fork.stop();
      report = fork.report();
      Secrets.check(fork.reports(), ended);
    }
    assertThat(report.agent().warnings()).isEmpty();
    assertThat(report.requests())
        .hasSize(requests)
        .allMatch(r -> r.method().equals(kind))
        .allMatch(r -> r.window().equals("response_end") || !r.llm().isEmpty())
        .allMatch(r -> r.spans().stream().noneMatch(s -> s.inferred() || s.open()));
    assertThat(report.requests())
        .filteredOn(r -> r.kind().equals("cold"))
        .containsExactly(of("orders/plain"));
    // Nothing of an earlier message is still in flight.
    assertThat(report.requests().get(requests - 1).idleNanos())
        .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(Messages.QUIET_MILLIS / 2));
    joined(together.toArray(new String[0]));
    Sums.check(report);
    return report;
  }

  /** The request of a message, which has no work but its own. */
  RequestReport of(String message) {
    List<RequestReport> found =
        report.requests().stream().filter(r -> work(r).contains(message)).toList();
    assertThat(found).as(message).hasSize(1);
    RequestReport request = found.get(0);
    assertThat(request.route())
        .as(message)
        .isEqualTo(prefix + message.substring(0, message.indexOf('/')));
    assertThat(work(request)).as(message).allMatch(work -> work.toString().startsWith(message));
    return request;
  }

  /** Messages of one trace, whose handlers did well. */
  void joined(String... names) {
    for (String message : names) {
      RequestReport request = of(message);
      assertThat(request.traceId()).as(message).isEqualTo(TRACE);
      assertThat(request.parentSpanId()).as(message).isEqualTo(SPAN);
      assertThat(request.failed()).as(message).isFalse();
    }
  }

  /** Batches: many traces may have led to one, so it joins none. */
  void apart(String... names) {
    for (String message : names) {
      assertThat(of(message).traceId()).as(message).isNotEqualTo(TRACE);
      assertThat(of(message).parentSpanId()).as(message).isNull();
    }
  }

  /** Only the handlers of these failed. */
  void failed(String... names) {
    List<RequestReport> failed = new ArrayList<>();
    for (String message : names) {
      failed.add(of(message));
    }
    assertThat(report.requests())
        .filteredOn(RequestReport::failed)
        .containsExactlyInAnyOrderElementsOf(failed);
  }

  /** Ended with what the handler left behind: its work on another thread. */
  void waitedFor(String... names) {
    for (String message : names) {
      RequestReport request = of(message);
      assertThat(work(request)).as(message).containsExactly(message + " begins", message);
      assertThat(request.durationNanos())
          .as(message)
          .isGreaterThan(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  /** The handler let a model stream words that nobody can see before the response is complete. */
  void unseen(String queue) {
    RequestReport request = asked(queue);
    assertThat(request.window()).isEqualTo("response_end");
    assertThat(request.wallNanos()).isEqualTo(request.durationNanos());
  }

  /** Words that are shown as they come: the window ends while the first one leaves. */
  void seen(String message) {
    RequestReport request = asked(message.substring(0, message.indexOf('/')));
    assertThat(request.window()).isEqualTo("first_visible_token");
    assertThat(request.startMonotonicNanos() + request.wallNanos())
        .isBetween(Windows.mark(fork, message + ".before"), Windows.mark(fork, message + ".after"));
    assertThat(request.wallNanos()).isLessThan(request.durationNanos());
  }

  /** The one request of a queue for which a model was asked. */
  private RequestReport asked(String queue) {
    List<RequestReport> found =
        report.requests().stream()
            .filter(r -> r.route().equals(prefix + queue) && !r.llm().isEmpty())
            .toList();
    assertThat(found).as(queue).hasSize(1);
    RequestReport request = found.get(0);
    assertThat(request.llm()).as(queue).singleElement().matches(call -> call.streaming());
    assertThat(request.ttftNanos()).as(queue).isLessThanOrEqualTo(request.wallNanos());
    assertThat(request.traceId()).as(queue).isEqualTo(TRACE);
    return request;
  }

  private static List<Object> work(RequestReport request) {
    return request.spans().stream()
        .filter(span -> span.phase().equals("db_connect"))
        .map((Span span) -> span.notes().get("pool"))
        .toList();
  }
}

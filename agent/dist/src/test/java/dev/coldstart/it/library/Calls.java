package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Plays scenes of an app several times and compares what is reported with the model's ledger. */
final class Calls {
  /** These run classes for the first time and count for everything but times. */
  private static final int COLD = 4;

  /** Odd, for a median: one call may meet a busy machine, the middle one of several may not. */
  private static final int WARM = 7;

  private static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  /** Between a token's way out of the server and into the app lie so many waits for a CPU. */
  private static final int WAKE_UPS = 4;

  private final ForkedApp app;
  private final ModelServer model;
  private final List<Scene> played = new ArrayList<>();

  private record Scene(String path, boolean early, List<List<ModelServer.Sent>> ledgers) {}

  Calls(ForkedApp app, ModelServer model) {
    this.app = app;
    this.model = model;
  }

  /** Plays scenes whose answers come whole. */
  void whole(String... paths) {
    for (String path : paths) {
      play(path, false);
    }
  }

  /** Plays scenes with streamed answers, with both shapes of the model's headers. */
  void streamed(String... paths) {
    for (String path : paths) {
      play(path, false);
      play(path, true);
    }
  }

  private void play(String path, boolean early) {
    model.early = early;
    List<List<ModelServer.Sent>> ledgers = new ArrayList<>();
    for (int i = 0; i < COLD + WARM; i++) {
      assertThat(app.http().get(path).status()).as(path).isEqualTo("HTTP/1.1 200 OK");
      ledgers.add(model.takeLedger());
    }
    played.add(new Scene(path, early, ledgers));
  }

  /** Ends the app and returns its report, once everything agrees with the ledger. */
  RunReport verify() {
    app.stop();
    RunReport report = app.report();
    assertThat(report.agent().warnings()).isEmpty();
    assertThat(report.agent().adviceFailures()).isZero();
    int next = 0;
    for (Scene scene : played) {
      int end = next + scene.ledgers().size();
      agree(scene, report.requests().subList(next, end));
      next = end;
    }
    return report;
  }

  private static void agree(Scene scene, List<RequestReport> requests) {
    String what = scene.path() + (scene.early() ? ", early headers" : ", late headers");
    List<Long> late = new ArrayList<>();
    List<Long> longer = new ArrayList<>();
    List<Long> overslept = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      RequestReport request = requests.get(i);
      List<ModelServer.Sent> sent = scene.ledgers().get(i);
      assertThat(request.route()).isEqualTo(scene.path());
      assertThat(request.llm()).as(what).hasSameSizeAs(sent);
      for (int c = 0; c < sent.size(); c++) {
        LlmCall call = request.llm().get(c);
        ModelServer.Sent entry = sent.get(c);
        Long first = call.ttftNanos() != null ? call.ttftNanos() : call.firstToolCallNanos();
        assertThat(first).as(what + ": first token").isNotNull();
        long begin = request.startMonotonicNanos() + call.startNanos();
        // All processes of a Linux machine have the same clock: these two need no tolerance.
        assertThat(entry.receivedNanos() - begin).as(what + ": handed over").isPositive();
        assertThat(begin + first - entry.firstTokenNanos()).as(what + ": token").isPositive();
        assertThat(call.durationNanos()).as(what + ": end").isGreaterThanOrEqualTo(first);
        assertThat(call.failed()).as(what).isFalse();
        if (i >= COLD) {
          late.add(begin + first - entry.firstTokenNanos());
          longer.add(first - entry.waitedNanos());
          overslept.add(entry.oversleptNanos());
        }
      }
    }
    say(what + ": first token %s ms late, TTFT %s ms longer than the model waited", late, longer);
    long allowed = TOLERANCE_NANOS + WAKE_UPS * median(overslept);
    assertThat(median(late)).as(what + ": first token late by").isLessThan(allowed);
    assertThat(median(longer)).as(what + ": TTFT longer by").isLessThan(allowed);
  }

  private static long median(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** For the log of the build: how close it was. */
  @SuppressWarnings("SystemOut")
  private static void say(String line, List<Long> late, List<Long> longer) {
    System.out.println(line.formatted(median(late) / 1e6, median(longer) / 1e6));
  }

  /** The requests of a scene. */
  static List<RequestReport> of(RunReport report, String path) {
    List<RequestReport> found =
        report.requests().stream().filter(r -> r.route().equals(path)).toList();
    assertThat(found).as(path).isNotEmpty();
    return found;
  }

  /** The spans of a request with this name. */
  static List<Span> spans(RequestReport request, String name) {
    return request.spans().stream().filter(span -> span.name().equals(name)).toList();
  }
}

package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.phase.Connect;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Plays scenes of an app several times and compares what is reported with the model's ledger. */
final class Calls {
  /** Rounds that run code for the first times: they count for everything but times. */
  private static final int COLD = 4;

  private static final int WARM = 6;

  private static final int TOGETHER = 4;

  private static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final ForkedApp app;
  private final ModelServer model;
  private final List<Scene> scenes = new ArrayList<>();
  private int together;

  private record Scene(String path, boolean early, List<List<ModelServer.Sent>> ledgers) {}

  Calls(ForkedApp app, ModelServer model) {
    this.app = app;
    this.model = model;
  }

  /** Scenes whose answers come whole. */
  void whole(String... paths) {
    for (String path : paths) {
      scenes.add(new Scene(path, false, new ArrayList<>()));
    }
  }

  /** Scenes with streamed answers, for both shapes of the model's headers. */
  void streamed(String... paths) {
    for (String path : paths) {
      scenes.add(new Scene(path, false, new ArrayList<>()));
      scenes.add(new Scene(path, true, new ArrayList<>()));
    }
  }

  /** Plays the scenes; each round has all of them, so that they are equally warm. */
  void play() {
    for (int round = 0; round < COLD + WARM; round++) {
      for (Scene scene : scenes) {
        model.early = scene.early();
        String status = app.http().get(scene.path()).status();
        assertThat(status).as(scene.path() + "\n" + app.err()).isEqualTo("HTTP/1.1 200 OK");
        scene.ledgers().add(model.takeLedger());
      }
    }
  }

  /** Plays each scene in several requests at once, so that nothing can be inferred. */
  void playTogether() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(TOGETHER);
    try {
      for (Scene scene : scenes) {
        Callable<String> client = () -> app.http().get(scene.path()).status();
        for (Future<String> status : clients.invokeAll(Collections.nCopies(TOGETHER, client))) {
          assertThat(status.get()).as(scene.path()).isEqualTo("HTTP/1.1 200 OK");
        }
        together += TOGETHER;
      }
    } finally {
      clients.shutdown();
    }
  }

  /**
   * Ends the app and returns its report, once everything agrees with the ledger.
   *
   * @param more requests that came after those of the scenes
   */
  RunReport verify(int more) {
    RunReport report = Libs.end(app, scenes.size() * (COLD + WARM) + together + more);
    for (int i = 0; i < scenes.size(); i++) {
      List<RequestReport> requests = new ArrayList<>();
      for (int round = 0; round < COLD + WARM; round++) {
        requests.add(report.requests().get(round * scenes.size() + i));
      }
      agree(scenes.get(i), requests);
    }
    int alone = scenes.size() * (COLD + WARM);
    for (RequestReport request : report.requests().subList(alone, alone + together)) {
      sameAsAlone(request, of(report, request.route()).get(0));
    }
    return report;
  }

  private static void agree(Scene scene, List<RequestReport> requests) {
    String what = scene.path() + (scene.early() ? ", early headers" : ", late headers");
    List<Long> late = new ArrayList<>();
    List<Long> early = new ArrayList<>();
    List<Long> wire = new ArrayList<>();
    for (int i = 0; i < requests.size(); i++) {
      RequestReport request = requests.get(i);
      List<ModelServer.Sent> sent = scene.ledgers().get(i);
      assertThat(request.route()).isEqualTo(scene.path());
      assertThat(request.llm()).as(what).hasSameSizeAs(sent);
      assertThat(request.spans()).as(what).noneMatch(span -> span.inferred() || span.open());
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
          early.add(entry.receivedNanos() - begin);
          if (call.waitNanos() != null) {
            assertThat(first).as(what + ": TTFT").isGreaterThanOrEqualTo(call.waitNanos());
            wire.add(Math.abs(call.waitNanos() - entry.waitedNanos()));
          }
        }
      }
    }
    say(what, early, late, wire);
    assertThat(quartile(late)).as(what + ": first token late by").isLessThan(TOLERANCE_NANOS);
    if (wire.isEmpty()) {
      assertThat(quartile(early)).as(what + ": handed over early by").isLessThan(TOLERANCE_NANOS);
    } else {
      // Then what the client itself does before it sends, for its first requests much, is known.
      // Not, where a busy machine kept a client from reading until everything was there.
      assertThat(wire).as(what + ": waits on the wire").hasSizeGreaterThan(late.size() / 2);
      assertThat(quartile(wire)).as(what + ": wait on the wire").isLessThan(TOLERANCE_NANOS);
    }
  }

  private static void sameAsAlone(RequestReport request, RequestReport alone) {
    String what = request.route() + " together";
    assertThat(request.llm()).as(what).hasSameSizeAs(alone.llm());
    assertThat(request.llm()).as(what).noneMatch(call -> call.durationNanos() == null);
    assertThat(request.spans()).as(what).noneMatch(span -> span.inferred() || span.open());
    assertThat(worked(request)).as(what).containsExactlyInAnyOrderElementsOf(worked(alone));
  }

  /** Phases of its spans, but for connections: of those, calls at the same time need others. */
  private static List<String> worked(RequestReport request) {
    return request.spans().stream()
        .filter(span -> !Connect.isStep(span.name()))
        .map(Span::phase)
        .toList();
  }

  /**
   * The lower quartile, of six values the second: a busy machine makes some calls late, a wrong
   * measurement all of them.
   */
  private static long quartile(List<Long> values) {
    return values.stream().sorted().toList().get(values.size() / 4);
  }

  /** For the log of the build: how close it was. */
  @SuppressWarnings("SystemOut")
  private static void say(String what, List<Long> early, List<Long> late, List<Long> wire) {
    System.out.printf(
        "%s: TTFT begins %.1f ms before the wait and ends %.1f ms after it%s%n",
        what,
        quartile(early) / 1e6,
        quartile(late) / 1e6,
        wire.isEmpty() ? "" : ", wait %.1f ms off".formatted(quartile(wire) / 1e6));
  }

  /** The scenes answer in words, with one call each. */
  static void answers(RunReport report, List<String> paths, boolean streamed) {
    answers(report, "openai", paths, streamed);
  }

  /** The same for models of another provider. */
  static void answers(RunReport report, String system, List<String> paths, boolean streamed) {
    for (String path : paths) {
      for (RequestReport request : of(report, path)) {
        assertThat(request.llm()).as(path).hasSize(1);
        answer(request, system, request.llm().get(0), streamed);
      }
    }
  }

  /** The scenes have the model call a tool and do not answer. */
  static void toolCalls(RunReport report, String system, List<String> paths) {
    for (String path : paths) {
      for (RequestReport request : of(report, path)) {
        assertThat(request.llm()).as(path).hasSize(1);
        toolCall(path, system, request.llm().get(0));
      }
    }
  }

  /** The scenes let the model call a tool, then answer. */
  static void toolRounds(RunReport report, List<String> paths, boolean streamed) {
    toolRounds(report, "openai", paths, streamed);
  }

  /** The same with models of a provider. */
  static void toolRounds(RunReport report, String system, List<String> paths, boolean streamed) {
    for (String path : paths) {
      for (RequestReport request : of(report, path)) {
        assertThat(request.llm()).as(path).hasSize(2);
        toolCall(path, system, request.llm().get(0));
        answer(request, system, request.llm().get(1), streamed);
      }
    }
  }

  private static void toolCall(String path, String system, LlmCall call) {
    assertThat(call.ttftNanos()).as(path + ": content").isNull();
    assertThat(call.firstToolCallNanos()).as(path).isNotNull();
    usage(system, call);
  }

  private static void answer(RequestReport request, String system, LlmCall call, boolean streamed) {
    String window = streamed ? "first_visible_token" : "response_end";
    assertThat(request.window()).as(request.route()).isEqualTo(window);
    assertThat(call.streaming()).as(request.route()).isEqualTo(streamed);
    if (streamed) {
      assertThat(call.ttftNanos()).as(request.route()).isLessThan(call.durationNanos());
    }
    usage(system, call);
  }

  /** What the model server says it used, as far as the provider's clients can tell. */
  private static void usage(String system, LlmCall call) {
    assertThat(call.system()).isEqualTo(system);
    assertThat(call.model()).startsWith("m-");
    assertThat(call.inputTokens()).as(system).isEqualTo(ModelAnswer.INPUT_TOKENS);
    assertThat(call.outputTokens()).as(system).isEqualTo(ModelAnswer.OUTPUT_TOKENS);
    if (system.equals("ollama") || system.equals("mistral_ai")) {
      assertThat(call.cachedTokens()).as(system + " never tells").isNull();
    } else {
      // Google tells of hits only.
      Long none = system.startsWith("gcp.") ? null : (Long) 0L;
      assertThat(call.cachedTokens()).as(system).isIn(none, (long) ModelAnswer.PREFIX_TOKENS);
    }
  }

  /** The model calls opened connections. */
  static void connect(RunReport report) {
    assertThat(steps(report.requests())).extracting(Span::name).contains("tcp");
    assertThat(steps(report.requests())).extracting(Span::phase).containsOnly("llm_connect");
  }

  /** The last model calls that were alone found connections open. */
  void findConnections(RunReport report) {
    int alone = scenes.size() * (COLD + WARM);
    assertThat(steps(report.requests().subList(alone - scenes.size(), alone))).isEmpty();
  }

  /** Of a scene, the first call opened a connection and the second found it. */
  static void connectsOnce(RunReport report, String path) {
    List<Span> first = steps(of(report, path).subList(0, 1));
    assertThat(first).extracting(Span::name).contains("tcp");
    assertThat(first).extracting(Span::phase).containsOnly("llm_connect");
    assertThat(of(report, path).get(0).phases())
        .extracting(PhaseTime::phase)
        .contains("llm_connect");
    assertThat(steps(of(report, path).subList(1, 2))).isEmpty();
  }

  private static List<Span> steps(List<RequestReport> requests) {
    return requests.stream()
        .flatMap(request -> request.spans().stream())
        .filter(span -> Connect.isStep(span.name()))
        .toList();
  }

  /** Each scene has one call, whose first attempt failed: that is no call of its own. */
  static void repeated(RunReport report, List<String> paths) {
    for (String path : paths) {
      RequestReport request = of(report, path).get(0);
      assertThat(request.llm()).as(path).hasSize(1);
      LlmCall call = request.llm().get(0);
      assertThat(call.attempts()).as(path).isEqualTo(2);
      assertThat(call.failed()).as(path).isFalse();
      assertThat(call.ttftNanos()).as(path).isGreaterThan(ModelServer.WAIT_MILLIS * 1_000_000);
    }
  }

  /** All calls of a scene fail, before anything came. */
  static void failures(RunReport report, String path, int calls) {
    for (RequestReport request : of(report, path)) {
      assertThat(request.llm()).hasSize(calls);
      assertThat(request.llm()).allMatch(LlmCall::failed);
      assertThat(request.llm()).allMatch(call -> call.ttftNanos() == null);
      assertThat(request.llm()).allMatch(call -> call.durationNanos() != null);
    }
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

  /** The only span of a request with this name. */
  static Span one(RequestReport request, String name) {
    List<Span> found = spans(request, name);
    assertThat(found).as(request.route() + " " + name + " in " + request.spans()).hasSize(1);
    return found.get(0);
  }

  /** Plays scenes once each, of which each must work out, and ends the app. */
  static RunReport play(ForkedApp app, String... paths) {
    for (String path : paths) {
      assertThat(app.http().get(path).status()).as(path).isEqualTo("HTTP/1.1 200 OK");
    }
    RunReport report = Libs.end(app, paths.length);
    for (RequestReport request : report.requests()) {
      assertThat(request.spans()).noneMatch(span -> span.failed() || span.open());
    }
    return report;
  }
}

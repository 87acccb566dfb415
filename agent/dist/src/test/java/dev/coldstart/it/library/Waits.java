package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Is the reported TTFT true, whatever it is? Lets models take from 5 ms to 5 s, with headers that
 * leave early or with the first token, several calls at a time, and compares with their ledger. The
 * app's scenes name their model {@code out.model(..)}.
 */
final class Waits {
  private static final long[] MILLIS = {5, 50};
  private static final long LONG_MILLIS = 500;

  /** Once per app: for its first streamed scene, or else its first one. */
  private static final long LONGEST_MILLIS = 5_000;

  /** Rounds that run code for the first times. */
  private static final int COLD = 2;

  private static final int WARM = 4;

  /** Of the rounds that count, so many have the long waits, and the longest one. */
  private static final int LONG = 3;

  private static final int LONGEST = 2;
  private static final int CLIENTS = 4;
  private static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final ForkedApp app;
  private final ModelServer model;
  private final List<Play> plays = new ArrayList<>();
  private final Map<String, ModelServer.Sent> ledger = new HashMap<>();

  /** One request; the id is at the end of its model's name. */
  private record Play(String path, String orders, boolean counts, String id) {
    String what() {
      return path + ' ' + orders;
    }
  }

  Waits(ForkedApp app, ModelServer model) {
    this.app = app;
    this.model = model;
  }

  /**
   * Plays scenes with each wait.
   *
   * @return the number of requests
   */
  int play(List<String> whole, List<String> streamed) throws Exception {
    for (int round = 0; round < COLD + WARM; round++) {
      boolean counts = round >= COLD;
      if (counts && round < COLD + LONGEST) {
        add((streamed.isEmpty() ? whole : streamed).get(0), LONGEST_MILLIS + "ms-early", true);
      }
      for (long millis : MILLIS) {
        addAll(whole, streamed, millis, counts);
      }
      if (counts && round < COLD + LONG) {
        addAll(whole, streamed, LONG_MILLIS, true);
      }
    }
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<String>> tasks = new ArrayList<>();
      for (Play play : plays) {
        tasks.add(
            () -> app.http().get(play.path() + '?' + play.orders() + '-' + play.id()).status());
      }
      for (Future<String> status : clients.invokeAll(tasks)) {
        assertThat(status.get()).isEqualTo("HTTP/1.1 200 OK");
      }
    } finally {
      clients.shutdown();
    }
    for (ModelServer.Sent sent : model.takeLedger()) {
      assertThat(ledger.put(id(sent.model()), sent)).as("one call for each request").isNull();
    }
    return plays.size();
  }

  private void addAll(List<String> whole, List<String> streamed, long millis, boolean counts) {
    for (String path : whole) {
      add(path, millis + "ms", counts);
    }
    for (String path : streamed) {
      add(path, millis + "ms", counts);
      add(path, millis + "ms-early", counts);
    }
  }

  private void add(String path, String orders, boolean counts) {
    plays.add(new Play(path, orders, counts, "n" + plays.size()));
  }

  /** Every call agrees with the ledger. */
  void verify(RunReport report) {
    Map<String, RequestReport> requests = new HashMap<>();
    for (RequestReport request : report.requests()) {
      for (LlmCall call : request.llm()) {
        requests.put(id(String.valueOf(call.model())), request);
      }
    }
    Map<String, List<Long>> begun = new LinkedHashMap<>();
    Map<String, List<Long>> ended = new LinkedHashMap<>();
    Map<String, List<Long>> wire = new LinkedHashMap<>();
    for (Play play : plays) {
      RequestReport request = requests.get(play.id());
      assertThat(request).as(play.what() + ": its call").isNotNull();
      assertThat(request.llm()).as(play.what()).hasSize(1);
      LlmCall call = request.llm().get(0);
      ModelServer.Sent sent = ledger.get(play.id());
      long begin = request.startMonotonicNanos() + call.startNanos();
      assertThat(call.ttftNanos()).as(play.what() + ": TTFT").isNotNull();
      long early = sent.receivedNanos() - begin;
      assertThat(early).as(play.what() + ": handed over").isPositive();
      long late = begin + call.ttftNanos() - sent.firstTokenNanos();
      assertThat(late).as(play.what() + ": token").isPositive();
      assertThat(request.spans()).as(play.what()).noneMatch(s -> s.inferred() || s.open());
      if (play.counts()) {
        begun.computeIfAbsent(play.what(), x -> new ArrayList<>()).add(early);
        ended.computeIfAbsent(play.what(), x -> new ArrayList<>()).add(late);
        if (call.waitNanos() != null) {
          wire.computeIfAbsent(play.what(), x -> new ArrayList<>())
              .add(Math.abs(call.waitNanos() - sent.waitedNanos()));
        }
      }
    }
    say(begun, ended, wire);
    begun.forEach((what, off) -> assertClose(what + ": TTFT begins before the wait by", off));
    ended.forEach((what, off) -> assertClose(what + ": TTFT ends after the token left by", off));
    wire.forEach((what, off) -> assertClose(what + ": wait on the wire off by", off));
  }

  private static void assertClose(String what, List<Long> nanos) {
    assertThat(lowest(nanos)).as(what).isBetween(0L, TOLERANCE_NANOS);
  }

  /** A busy machine makes some calls late, a wrong measurement all of them. */
  private static long lowest(List<Long> nanos) {
    return Collections.min(nanos);
  }

  /** For the log of the build: how close it was. */
  @SuppressWarnings("SystemOut")
  private static void say(
      Map<String, List<Long>> begun, Map<String, List<Long>> ended, Map<String, List<Long>> wire) {
    begun.forEach(
        (what, off) ->
            System.out.printf(
                "%s: TTFT begins %.1f ms before the wait and ends %.1f ms after it%s%n",
                what,
                lowest(off) / 1e6,
                lowest(ended.get(what)) / 1e6,
                wire.containsKey(what)
                    ? ", wait %.1f ms off".formatted(lowest(wire.get(what)) / 1e6)
                    : ""));
  }

  private static String id(String model) {
    return model.substring(model.lastIndexOf('-') + 1);
  }
}

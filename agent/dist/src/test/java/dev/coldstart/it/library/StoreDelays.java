package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.DelayingProxy;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.SlowNames;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Has a store's app connect anew, again and again, through a proxy that makes steps of connecting
 * longer by known times, plain and with TLS: each must be found in the interval of that step. What
 * the proxy held back, and when, it tells; all processes of a Linux machine have the same clock.
 */
final class StoreDelays implements AutoCloseable {
  /** Times of no two steps are alike, so that none is found in the place of another. */
  private static final long FIRST_MILLIS = 100;

  private static final long MORE_MILLIS = 40;
  private static final long NAMES_MILLIS = 120;

  /** How far a delay may be off: 10 ms, or 5 % where that is more. */
  private static final long TOLERANCE_NANOS = 10_000_000;

  private static final int TOLERANCE_PART = 20;

  /** What a busy machine may add to each: half of the least delay. */
  private static final long SLACK_NANOS = FIRST_MILLIS * 1_000_000 / 2;

  /** How late a busy kernel may be with its second SYN. */
  private static final long KERNEL_NANOS = 50_000_000;

  private static final String TCP = "tcp";
  private static final String TLS = "tls";
  private static final String DNS = "dns";

  private final String set;
  private final String app;
  private final List<Closeable> opened = new ArrayList<>();
  private final List<String> args = new ArrayList<>();
  private final List<Way> ways = new ArrayList<>();
  private final List<Connected> played = new ArrayList<>();
  private SlowNames names;

  /** Makes an app's arguments. */
  interface Args {
    /** With the port of the proxy in front of its server. */
    String of(int port);
  }

  private enum How {
    /** The first use of the client, with delays. */
    COLD,
    QUICK,
    SLOW,
    /** The connect itself takes time. */
    SLOW_TCP,
    /** Looking the server's name up takes time. */
    SLOW_NAMES
  }

  /** A way to connect, with names of the intervals that wait for the server's turns, in order. */
  private record Way(
      String name, String scene, DelayingProxy proxy, List<List<String>> turns, boolean tls) {
    void slow(boolean wanted) {
      for (int i = 0; i < turns.size(); i++) {
        proxy.slowTurn(i + 1, wanted ? FIRST_MILLIS + MORE_MILLIS * i : 0);
      }
    }
  }

  /** What was played: one request of the report. */
  private record Connected(
      Way way, How how, List<DelayingProxy.Late> late, List<SlowNames.LookUp> lookUps) {}

  /**
   * The clients of a set.
   *
   * @param app their app in that set
   */
  StoreDelays(String set, String app) {
    this.set = set;
    this.app = app;
  }

  /**
   * A way to connect without TLS.
   *
   * @param scene the app's scene that makes a client and uses it
   * @param turns names of intervals, in the order in which the server has its turns; "this|that"
   *     where each connection has another
   */
  StoreDelays plain(String scene, int port, Args arguments, String... turns) throws IOException {
    return way(false, scene, port, arguments, turns);
  }

  /** The same with TLS, whose handshake is one of the turns. */
  StoreDelays tls(String scene, int port, Args arguments, String... turns) throws IOException {
    return way(true, scene, port, arguments, turns);
  }

  /** The way without TLS again, to a server that has to be looked up. */
  StoreDelays names(Path folder) throws IOException, InterruptedException {
    names = new SlowNames(folder, NAMES_MILLIS);
    opened.add(names);
    args.add(args.get(0).replaceFirst("^/0 ", "/names ").replace("127.0.0.1", "localhost"));
    return this;
  }

  private StoreDelays way(boolean tls, String scene, int port, Args arguments, String... turns)
      throws IOException {
    DelayingProxy proxy = new DelayingProxy(port);
    opened.add(proxy);
    String path = "/" + ways.size();
    args.add(path + " dev.coldstart.it.app." + app + ' ' + arguments.of(proxy.port()));
    List<List<String>> names = new ArrayList<>();
    for (String turn : turns) {
      names.add(List.of(turn.split("\\|", -1)));
    }
    String name = set + ' ' + app + scene.replace("/first", "") + (tls ? ", tls" : ", plain");
    ways.add(new Way(name, path + scene, proxy, names, tls));
    return this;
  }

  /** Plays all of them, and returns the report once every delay is where it should be. */
  RunReport verify(Path folder, String... jvm) throws IOException {
    AgentRun run =
        AgentRun.on(Jdks.any(), folder)
            .options("warm=1000,summary=off")
            .jvm(jvm)
            .jvm(names == null ? new String[0] : names.jvm())
            .classPath(Libs.classPath(set, app).toArray(new Path[0]))
            .args("dev.coldstart.it.app.SeveralWays")
            .args(args.toArray(new String[0]));
    try (ForkedApp fork = run.start(Scenes.class)) {
      for (Way way : ways) {
        play(fork, way);
      }
      if (names != null) {
        names.take();
        connect(fork, ways.get(0), "/names" + ways.get(0).scene().substring(2), How.SLOW_NAMES);
      }
      RunReport report = Libs.end(fork, played.size());
      for (Way way : ways) {
        check(report, way);
      }
      if (names != null) {
        checkNames(report);
      }
      return report;
    }
  }

  private void play(ForkedApp fork, Way way) throws IOException {
    way.slow(true);
    connect(fork, way, How.COLD);
    for (int i = 0; i < 2; i++) {
      way.slow(false);
      connect(fork, way, How.QUICK);
      way.slow(true);
      connect(fork, way, How.SLOW);
    }
    way.slow(false);
    if (!way.tls()) {
      way.proxy().slowTcp();
      connect(fork, way, How.SLOW_TCP);
    }
  }

  private void connect(ForkedApp fork, Way way, How how) {
    connect(fork, way, way.scene(), how);
  }

  private void connect(ForkedApp fork, Way way, String scene, How how) {
    String status = fork.http().get(scene).status();
    assertThat(status).as(way.name() + '\n' + fork.err()).isEqualTo("HTTP/1.1 200 OK");
    played.add(
        new Connected(way, how, way.proxy().takeLate(), names == null ? List.of() : names.take()));
  }

  private void check(RunReport report, Way way) {
    for (int turn = 1; turn <= way.turns().size(); turn++) {
      check(report, way, turn);
    }
    for (RequestReport slow : of(report, way, How.SLOW, How.COLD)) {
      assertThat(slow.spans()).as(way.name()).noneMatch(Span::failed);
      assertThat(Calls.spans(slow, TLS))
          .as(way.name())
          .allMatch(span -> "TLSv1.3".equals(span.notes().get("protocol")))
          .hasSizeGreaterThanOrEqualTo(way.tls() ? 1 : 0);
    }
    ToLongFunction<RequestReport> nobodys = request -> request.exclusiveNanos("unattributed");
    assertThat(Collections.min(times(report, way, nobodys, How.SLOW)))
        .as(way.name() + ": unattributed")
        .isLessThan(Collections.max(times(report, way, nobodys, How.QUICK)) + SLACK_NANOS);
    if (!way.tls()) {
      long tcp = times(report, way, request -> took(request, List.of(TCP)), How.SLOW_TCP).get(0);
      long delay = DelayingProxy.SLOW_TCP_MILLIS * 1_000_000;
      say(way, TCP, delay, tcp, tcp, 0);
      assertThat(tcp)
          .as(way.name())
          .isBetween(delay, delay + delay / TOLERANCE_PART + KERNEL_NANOS);
    }
  }

  private void checkNames(RunReport report) {
    Way way = ways.get(0);
    RequestReport request = of(report, way, How.SLOW_NAMES).get(0);
    long asked = 0;
    long found = 0;
    for (SlowNames.LookUp one : played.get(played.size() - 1).lookUps()) {
      asked += one.answeredNanos() - one.askedNanos();
      found +=
          inside(
              request,
              List.of(DNS),
              one.askedNanos() - request.startMonotonicNanos(),
              one.answeredNanos() - request.startMonotonicNanos());
    }
    say(way, DNS, asked, found, took(request, List.of(DNS)), 0);
    assertThat(asked).as(way.name()).isPositive();
    assertThat(asked - found)
        .as(way.name() + ": " + request.spans())
        .isLessThan(Math.max(TOLERANCE_NANOS, asked / TOLERANCE_PART));
  }

  /** All of the delay is inside of the step, which has not become longer by more. */
  private void check(RunReport report, Way way, int turn) {
    List<String> step = way.turns().get(turn - 1);
    long asked = 0;
    long found = 0;
    int delays = 0;
    long more = Long.MAX_VALUE;
    for (int i = 0; i < played.size(); i++) {
      Connected one = played.get(i);
      if (one.way().equals(way) && (one.how() == How.SLOW || one.how() == How.COLD)) {
        RequestReport request = report.requests().get(i);
        long begin = request.startMonotonicNanos();
        asked = 0;
        found = 0;
        delays = 0;
        for (List<DelayingProxy.Late> parts : byConnection(one.late(), turn)) {
          DelayingProxy.Late awaited = null;
          long most = -1;
          for (DelayingProxy.Late part : parts) {
            long inside =
                inside(request, step, part.sentNanos() - begin, part.passedNanos() - begin);
            if (inside > most) {
              most = inside;
              awaited = part;
            }
          }
          delays++;
          asked += awaited.passedNanos() - awaited.sentNanos();
          found += most;
        }
        String what = "%s, %s: %s in %s".formatted(way.name(), one.how(), step, request.spans());
        assertThat(asked).as(what).isPositive();
        assertThat(asked - found)
            .as(what)
            .isLessThan(Math.max(TOLERANCE_NANOS, asked / TOLERANCE_PART));
        more = Math.min(more, took(request, step) - asked);
      }
    }
    // A handshake itself takes time too, on a busy machine much, and not always the same: but no
    // other delay is in it.
    List<Long> without = times(report, way, request -> took(request, step), How.QUICK);
    say(way, String.join("|", step), asked, found, asked + more, Collections.min(without));
    assertThat(more)
        .as(way.name() + ": what " + step + " takes besides")
        .isLessThan(Collections.max(without) + delays * SLACK_NANOS);
  }

  /** Of what a turn has, a client may wait for one part only, and get the others meanwhile. */
  private static Collection<List<DelayingProxy.Late>> byConnection(
      List<DelayingProxy.Late> late, int turn) {
    return late.stream()
        .filter(part -> part.turn() == turn)
        .collect(Collectors.groupingBy(DelayingProxy.Late::connection))
        .values();
  }

  private List<RequestReport> of(RunReport report, Way way, How... how) {
    List<RequestReport> found = new ArrayList<>();
    for (int i = 0; i < played.size(); i++) {
      if (played.get(i).way().equals(way) && List.of(how).contains(played.get(i).how())) {
        found.add(report.requests().get(i));
      }
    }
    return found;
  }

  private List<Long> times(RunReport report, Way way, ToLongFunction<RequestReport> time, How how) {
    return of(report, way, how).stream().map(time::applyAsLong).toList();
  }

  /** How much of a time the step itself had, without what is inside of it. */
  private static long inside(RequestReport request, List<String> step, long from, long to) {
    long most = 0;
    for (Span span : request.spans()) {
      if (step.contains(span.name())) {
        most = Math.max(most, own(request, span, from, to));
      }
    }
    return most;
  }

  /** How long the step itself took. */
  private static long took(RequestReport request, List<String> step) {
    long took = 0;
    for (Span span : request.spans()) {
      if (step.contains(span.name())) {
        took += own(request, span, span.startNanos(), span.endNanos());
      }
    }
    return took;
  }

  private static long own(RequestReport request, Span span, long from, long to) {
    long own = overlap(span, from, to);
    for (Span child : request.spans()) {
      if (child.parent() != null && child.parent() == span.id()) {
        own -= overlap(child, from, to);
      }
    }
    return own;
  }

  private static long overlap(Span span, long from, long to) {
    return Math.max(0, Math.min(span.endNanos(), to) - Math.max(span.startNanos(), from));
  }

  /** For the log of the build. */
  @SuppressWarnings("SystemOut")
  private static void say(Way way, String step, long asked, long found, long took, long without) {
    System.out.printf(
        "%-40s %-34s %6.1f ms asked, %6.1f found in it; took %6.1f, without %5.1f%n",
        way.name(), step, asked / 1e6, found / 1e6, took / 1e6, without / 1e6);
  }

  @Override
  public void close() throws IOException {
    for (Closeable one : opened) {
      one.close();
    }
  }
}

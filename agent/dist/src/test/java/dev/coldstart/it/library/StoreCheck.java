package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.StoreScenes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Plays a vector store's app and compares its first use with its twentieth. The app has three
 * scenes, see {@link StoreScenes}: "/new" makes a store whose index is not there yet, and searches;
 * "/first" makes a store whose index is there, and searches; "/again" searches in that once more.
 */
final class StoreCheck {
  private static final int USES = 20;
  private static final int MAX_GROWN = 3;
  private static final String CONNECT = "vector_store_connect";
  private static final String CREATE = "create ";
  private static final String QUERY = "vector_store_query";

  /** What all apps search for, however it is written; 0.8 alone may be a duration or a load. */
  private static final Pattern VECTOR = Pattern.compile("0\\.6f?,\\s*0\\.8");

  private final String library;
  private String path = "";
  private final List<String> steps = new ArrayList<>();
  private final List<String> secrets = new ArrayList<>();
  private Supplier<List<Asked>> server = List::of;
  private boolean creates = true;
  private boolean createsAgain;
  private Set<String> eachTime = Set.of();
  private Set<String> atTimes = Set.of();

  /**
   * What a server was asked. All processes of a Linux machine have the same clock.
   *
   * @param what for people
   * @param phase the phase it belongs to
   * @param receivedNanos {@link System#nanoTime()} when it had come
   * @param answeredNanos before the answer left
   */
  record Asked(String what, String phase, long receivedNanos, long answeredNanos) {
    static Asked connecting(String what, long receivedNanos, long answeredNanos) {
      return new Asked(what, CONNECT, receivedNanos, answeredNanos);
    }

    static Asked query(String what, long receivedNanos, long answeredNanos) {
      return new Asked(what, QUERY, receivedNanos, answeredNanos);
    }
  }

  private StoreCheck(String library) {
    this.library = library;
  }

  /** A store, by the name of its library, with which its intervals' names begin. */
  static StoreCheck of(String library) {
    return new StoreCheck(library);
  }

  /** The scenes are below a path. */
  StoreCheck at(String scenes) {
    path = scenes;
    return this;
  }

  /** Every request to the server must be covered; asked after each scene. */
  StoreCheck server(Supplier<List<Asked>> log) {
    server = log;
    return this;
  }

  /** Names of intervals that the first use has and no later one. */
  StoreCheck firstHas(String... names) {
    steps.addAll(List.of(names));
    return this;
  }

  /** What must be nowhere in the report: texts, credentials, addresses; never a vector either. */
  StoreCheck hides(String... words) {
    secrets.addAll(List.of(words));
    return this;
  }

  /** The client cannot create what it searches. */
  StoreCheck createsNothing() {
    creates = false;
    return this;
  }

  /** Each client wants it created, whether it is there or not. */
  StoreCheck createsEachTime() {
    createsAgain = true;
    return this;
  }

  /** The client opens a connection for each request. */
  StoreCheck opensEachTime() {
    return connectsEachTime("tcp");
  }

  /** Steps of connecting that each use has, not only the first. */
  StoreCheck connectsEachTime(String... names) {
    eachTime = Set.of(names);
    return this;
  }

  /**
   * Steps of connecting that a few later uses may have: the client's pool grows when a connection
   * is still on its way back.
   */
  StoreCheck poolGrowsBy(String... names) {
    atTimes = Set.of(names);
    return this;
  }

  /** Plays the app, ends it, and returns its report once everything is as it should be. */
  RunReport verify(ForkedApp app) {
    return verify(app, List.of(this));
  }

  /** The same for an app that uses a store in several ways, one after the other. */
  static RunReport verify(ForkedApp app, List<StoreCheck> checks) {
    List<List<List<Asked>>> asked = new ArrayList<>();
    for (StoreCheck check : checks) {
      asked.add(check.play(app));
    }
    RunReport report = Libs.end(app, checks.size() * (USES + 1));
    for (int i = 0; i < checks.size(); i++) {
      checks.get(i).verify(report, asked.get(i));
    }
    return report;
  }

  private List<List<Asked>> play(ForkedApp app) {
    List<List<Asked>> asked = new ArrayList<>();
    for (int use = 0; use <= USES; use++) {
      String scene = path + (use == 0 ? "/new" : use == 1 ? "/first" : "/again");
      String status = app.http().get(scene).status();
      assertThat(status).as(scene + "\n" + app.err()).isEqualTo("HTTP/1.1 200 OK");
      asked.add(server.get());
    }
    return asked;
  }

  private void verify(RunReport report, List<List<Asked>> asked) {
    assertThat(report.agent().libraries()).contains(library);
    List<RequestReport> requests = new ArrayList<>();
    for (RequestReport request : report.requests()) {
      if (request.route().startsWith(path + '/')) {
        everythingIsCovered(request, asked.get(requests.size()));
        assertThat(request.exclusiveNanos(QUERY)).as(request.route()).isPositive();
        assertThat(request.spans()).noneMatch(span -> span.inferred() || span.open());
        requests.add(request);
      }
    }
    say(table(requests.get(0), requests.get(1), requests.get(USES)));
    connects(requests.get(0), requests.get(1));
    int grown = 0;
    for (RequestReport again : requests.subList(2, requests.size())) {
      Set<String> names = names(again, CONNECT);
      if (grown < MAX_GROWN && !atTimes.isEmpty() && names.equals(atTimes)) {
        grown++;
      } else {
        assertThat(names).as("connects again").isEqualTo(eachTime);
      }
      assertThat(again.spans()).noneMatch(Span::failed);
    }
    assertThat(report.toString()).doesNotContainPattern(VECTOR);
    for (String secret : secrets) {
      assertThat(report.toString()).doesNotContain(secret);
    }
  }

  private void connects(RequestReport fresh, RequestReport first) {
    assertThat(createdIn(fresh)).as("creates in " + names(fresh, CONNECT)).isEqualTo(creates);
    assertThat(createdIn(first)).as("creates in " + names(first, CONNECT)).isEqualTo(createsAgain);
    assertThat(names(first, CONNECT)).isNotEmpty();
    assertThat(first.spans()).extracting(Span::name).containsAll(steps);
    assertThat(first.spans()).noneMatch(Span::failed);
  }

  private static boolean createdIn(RequestReport request) {
    return names(request, CONNECT).stream().anyMatch(name -> name.contains(CREATE));
  }

  /** While a server worked for the store, an interval of the right phase was open. */
  private static void everythingIsCovered(RequestReport request, List<Asked> asked) {
    for (Asked one : asked) {
      long received = one.receivedNanos() - request.startMonotonicNanos();
      long answered = one.answeredNanos() - request.startMonotonicNanos();
      assertThat(request.spans())
          .as(request.route() + ": " + one.what())
          .anyMatch(
              span ->
                  span.phase().equals(one.phase())
                      && span.startNanos() <= received
                      && span.endNanos() >= answered);
    }
  }

  private static Set<String> names(RequestReport request, String phase) {
    Set<String> names = new LinkedHashSet<>();
    for (Span span : request.spans()) {
      if (span.phase().equals(phase)) {
        names.add(span.name());
      }
    }
    return names;
  }

  private String table(RequestReport... requests) {
    Map<String, double[]> rows = new LinkedHashMap<>();
    for (int column = 0; column < requests.length; column++) {
      add(rows, requests[column], null, "", column);
    }
    StringBuilder table = new StringBuilder();
    table.append(line(library + path + ", ms", "new", "first", USES + "th"));
    rows.forEach((name, ms) -> table.append(line(name, shown(ms[0]), shown(ms[1]), shown(ms[2]))));
    return table.toString();
  }

  /** Rows for the spans below one, each below its own. */
  private static void add(
      Map<String, double[]> rows, RequestReport request, Integer parent, String path, int column) {
    for (Span span : request.spans()) {
      boolean below = parent == null ? span.parent() == null : parent.equals(span.parent());
      if (below && !span.name().isEmpty()) {
        String name = path + span.name();
        double[] row = rows.computeIfAbsent(name, key -> new double[3]);
        row[column] += (span.endNanos() - span.startNanos()) / 1e6;
        add(rows, request, span.id(), name + " > ", column);
      }
    }
  }

  private static String shown(double millis) {
    return millis == 0 ? "-" : "%.1f".formatted(millis);
  }

  private static String line(String name, String fresh, String first, String last) {
    return "%-72s %9s %9s %9s%n".formatted(name, fresh, first, last);
  }

  /** For the log of the build. */
  @SuppressWarnings("SystemOut")
  private static void say(String table) {
    System.out.print(table);
  }
}

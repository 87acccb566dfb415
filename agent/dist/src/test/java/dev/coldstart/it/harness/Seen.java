package dev.coldstart.it.harness;

import dev.coldstart.it.app.ServerApp;
import java.util.ArrayList;
import java.util.List;

/**
 * What a client sees of a run of {@link ServerApp}: each way a response can go, and how the process
 * ended. Two of them, one without the agent, are compared.
 *
 * @param responses in the order they were asked for
 * @param stopMillis from asking the process to end until it had ended, ms
 */
public record Seen(List<RawHttp.Response> responses, ForkedApp.Ended ended, long stopMillis) {
  private static final List<String> PATHS =
      List.of(
          "/plain?q=1",
          "/chunks",
          "/async",
          "/empty",
          "/error",
          "/quiet",
          "/broken",
          "/throws",
          "/caught",
          "/nowhere",
          "/plain");
  private static final List<String> ON_ONE_CONNECTION =
      List.of("/plain", "/chunks", "/empty", "/plain");

  /** How a process is asked to end. */
  public enum End {
    /** It calls {@code System.exit(3)}. */
    EXIT,
    /** It stops its server; nothing else is to keep it alive. */
    FINISH,
    /** An orchestrator's SIGTERM. */
    SIGTERM
  }

  /** Of what {@link #ask} asks for: requests that a handler of the service took. */
  public static int handled() {
    return PATHS.size() + ON_ONE_CONNECTION.size() - 1;
  }

  /** And those in which something happened that the agent knows: all but "/quiet". */
  public static int watched() {
    return handled() - 1;
  }

  /** Starts the service, asks it for everything and ends it. */
  public static Seen of(AgentRun run, End end) {
    try (ForkedApp app = run.start(ServerApp.class)) {
      return of(app, end);
    }
  }

  /** Asks a running service for everything and ends it. */
  public static Seen of(ForkedApp app, End end) {
    return ended(app, ask(app.http()), end);
  }

  /** The responses to one request of each kind. */
  public static List<RawHttp.Response> ask(RawHttp http) {
    List<RawHttp.Response> responses = new ArrayList<>();
    for (String path : PATHS) {
      responses.add(http.get(path));
    }
    try (RawHttp.Connection connection = http.connect()) {
      for (String path : ON_ONE_CONNECTION) {
        connection.send(path, "traceparent: 00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01");
        responses.add(connection.read());
      }
    }
    return responses;
  }

  /** Ends a service that has given these responses. */
  public static Seen ended(ForkedApp app, List<RawHttp.Response> responses, End end) {
    // A connection of its own is made before: it is no part of the end.
    try (RawHttp.Connection connection = app.http().connect()) {
      long begin = System.nanoTime();
      switch (end) {
        case EXIT -> connection.send("/exit");
        case FINISH -> connection.send("/finish");
        case SIGTERM -> app.signal("TERM");
      }
      ForkedApp.Ended ended = app.await();
      return new Seen(responses, ended, (System.nanoTime() - begin) / 1_000_000);
    }
  }

  /**
   * What a client of this run saw otherwise than a client of a run without the agent: answers,
   * exceptions, exit code, stdout, and stderr but for lines of the agent. One line each.
   */
  public List<String> differences(Seen plain) {
    List<String> differences = new ArrayList<>();
    differ(differences, "number of responses", plain.responses.size(), responses.size());
    for (int i = 0; i < Math.min(plain.responses.size(), responses.size()); i++) {
      differ(differences, "response " + i, plain.responses.get(i), responses.get(i));
    }
    differ(differences, "exit code", plain.ended.exit(), ended.exit());
    differ(differences, "stdout", plain.lines(), lines());
    differ(differences, "stderr", plain.ended.otherLines(), ended.otherLines());
    return differences;
  }

  private static void differ(List<String> to, String what, Object without, Object with) {
    if (!with.equals(without)) {
      to.add(what + ": without " + without + ", with " + with);
    }
  }

  /** What the application printed, but for its port. */
  private List<String> lines() {
    return ended.out().lines().filter(line -> !line.startsWith("port=")).toList();
  }
}

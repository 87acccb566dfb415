package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ExplainApp;
import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.report.Explained;
import dev.coldstart.report.Explained.Reason;
import dev.coldstart.report.RequestReport;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Time that no phase covers is explained: by what the process used up, and by JFR's events. Each
 * scene takes about 300 ms.
 */
class ExplainIT {
  private static final List<String> SCENES =
      List.of("warm-up", "classes", "lock", "park", "socket", "file", "gc", "spin", "init");
  private static final long HALF = TimeUnit.MILLISECONDS.toNanos(150);

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void namesTheReasonFirstWithEvents(Jdk jdk) {
    Map<String, Explained> explained = play(run(jdk).options("jfr=on"), SCENES, true);

    // How long they take is the machine's affair.
    first(explained.get("classes"), "class loading", "", HALF / 5);
    first(explained.get("lock"), "lock", ExplainApp.class.getName() + "$Lock");
    first(explained.get("park"), "park", ExplainApp.class.getName() + "$Lock");
    first(explained.get("socket"), "socket", "read");
    first(explained.get("file"), "file", "read");
    first(explained.get("gc"), "gc", "");
    first(explained.get("init"), "sleep", "");
    Reason spin = explained.get("spin").reasons().get(0);
    assertThat(spin.what()).isEqualTo("frame");
    assertThat(spin.detail()).endsWith(ExplainApp.class.getName() + ".spin");
    assertThat(explained.get("classes").reasons().get(0).count()).isGreaterThanOrEqualTo(1_400);
    assertThat(explained.values()).allMatch(e -> e.unknown().stream().noneMatch(this::ofEvents));
    assertThat(explained.toString()).doesNotContain("secret", "127.0.0.1", "localhost");
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void countsWhatWasUsedUpWithoutEvents(Jdk jdk) {
    AgentRun run = run(jdk).options("jfr=off").jvm("-XX:+PerfDisableSharedMem");
    Map<String, Explained> explained = play(run, SCENES, false);
    // The first request of a server does a bit of everything.
    explained.remove("warm-up");

    assertThat(most(explained, Explained::classLoadNanos)).isEqualTo("classes");
    assertThat(most(explained, Explained::classesLoaded)).isEqualTo("classes");
    assertThat(most(explained, Explained::gcNanos)).isEqualTo("gc");
    assertThat(most(explained, Explained::safepointNanos)).isEqualTo("gc");
    assertThat(most(explained, Explained::classInitNanos)).isEqualTo("init");
    assertThat(explained.get("classes").classLoadNanos()).isGreaterThan(HALF / 5);
    assertThat(explained.get("classes").classesLoaded()).isGreaterThanOrEqualTo(1_400);
    assertThat(explained.get("init").classInitNanos()).isGreaterThan(HALF);
    for (String waiting : List.of("lock", "park", "socket", "file", "init")) {
      first(explained.get(waiting), "no cpu", "");
      assertThat(explained.get("spin").cpuNanos())
          .as("CPU of spin and %s", waiting)
          .isGreaterThan(explained.get(waiting).cpuNanos());
    }
    assertThat(explained.values())
        .allMatch(e -> e.unknown().stream().anyMatch(this::ofEvents))
        .allMatch(e -> e.reasons().stream().noneMatch(r -> r.source().startsWith("jfr")));
  }

  @Test
  void usesARecordingThatRunsAndSaysWhatTheJvmHides() {
    AgentRun run = run(Jdks.any()).jvm("-XX:StartFlightRecording", "-XX:-UsePerfData");
    Explained lock = play(run, List.of("lock"), true).get("lock");

    first(lock, "lock", ExplainApp.class.getName() + "$Lock");
    assertThat(lock.gcNanos()).isNull();
    assertThat(lock.classesLoaded()).isNull();
    assertThat(lock.unknown()).anyMatch(line -> line.contains("-XX:-UsePerfData"));
  }

  private AgentRun run(Jdk jdk) {
    return AgentRun.on(jdk, folder)
        .options("summary=off")
        .classPath(Fakes.compile("hikari", folder))
        .args(ExplainApp.class.getName());
  }

  /** One scene at a time: the amounts are of the whole process. */
  private static Map<String, Explained> play(AgentRun run, List<String> scenes, boolean events) {
    Map<String, Explained> explained = new LinkedHashMap<>();
    try (ForkedApp app = run.start(Scenes.class)) {
      for (String scene : scenes) {
        int number = explained.size();
        assertThat(app.http().get("/" + scene).status()).contains("200");
        app.awaitRequests(number + 1);
        app.await("reasons of " + scene, () -> !events || hasEvents(app, number));
        RequestReport request = app.report().requests().get(number);
        assertThat(request.route()).isEqualTo("/" + scene);
        explained.put(scene, request.explained());
        long covered = request.explained().toNanos() - request.explained().fromNanos();
        assertThat(covered).as(scene).isGreaterThan(request.wallNanos() / 2);
      }
    }
    return explained;
  }

  private static boolean hasEvents(ForkedApp app, int number) {
    return app.report().requests().get(number).explained().reasons().stream()
        .anyMatch(reason -> reason.source().startsWith("jfr"));
  }

  private boolean ofEvents(String unknown) {
    return unknown.startsWith("events: ");
  }

  private static void first(Explained explained, String what, String detail) {
    first(explained, what, detail, HALF);
  }

  private static void first(Explained explained, String what, String detail, long atLeastNanos) {
    Reason first = explained.reasons().get(0);
    assertThat(first.what()).as("%s", explained.reasons()).isEqualTo(what);
    assertThat(first.detail()).isEqualTo(detail);
    assertThat(first.scope()).isEqualTo(Explained.REQUEST);
    assertThat(first.tookNanos()).as("%s", first).isGreaterThan(atLeastNanos);
  }

  /** The scene with the largest amount. */
  private static String most(Map<String, Explained> explained, Function<Explained, Long> amount) {
    return explained.entrySet().stream()
        .max(Comparator.comparing(entry -> amount.apply(entry.getValue())))
        .orElseThrow()
        .getKey();
  }
}

package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.OddApp;
import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application answers, prints and ends with the agent as it does without. */
class NoHarmIT {
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
          "/nowhere",
          "/plain");

  /** 200 ms are promised; the rest is for a busy machine. */
  private static final long MAX_LONGER_STOP_MILLIS = 300;

  @TempDir private Path folder;
  private Path fakes;

  private record Seen(List<RawHttp.Response> responses, ForkedApp.Ended ended, long stopMillis) {}

  @BeforeEach
  void compileFakes() {
    fakes = Fakes.compile("hikari", folder);
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void answersAndEndsTheSame(Jdk jdk) {
    Seen plain = visit(server(jdk).withoutAgent(), false);
    Seen watched = visit(server(jdk).options("summary=off"), false);
    same(plain, watched, 143);
    assertThat(watched.ended().err().lines())
        .as(watched.ended().err())
        .containsExactlyElementsOf(plain.ended().err().lines().toList());
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void exitsWithItsOwnCode(Jdk jdk) {
    same(visit(server(jdk).withoutAgent(), true), visit(server(jdk), true), 3);
  }

  @Test
  void stopsAsFast() {
    List<Long> plain = new ArrayList<>();
    List<Long> watched = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      plain.add(visit(server(Jdks.any()).withoutAgent().onlyJvm(), false).stopMillis());
      watched.add(visit(server(Jdks.any()).onlyJvm(), false).stopMillis());
    }
    plain.sort(null);
    watched.sort(null);
    assertThat(watched.get(1) - plain.get(1))
        .as("with %s, without %s", watched, plain)
        .isLessThan(MAX_LONGER_STOP_MILLIS);
  }

  @Test
  void needsNoWritableDirectory() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path work = Files.createDirectory(folder.resolve("read-only"));
    Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("r-xr-xr-x"));
    AgentRun run =
        server(Jdks.any())
            .workDir(work)
            .agent("-javaagent:" + AgentRun.JAR + "=otel=off,summary=off,dir=" + file + "/reports");
    try (ForkedApp app = run.start(ServerApp.class)) {
      assertThat(app.http().get("/plain").body()).isEqualTo("plain");
      app.await("word of the directory", () -> app.err().contains("with dir=\n"));
      assertThat(app.http().get("/chunks").body()).startsWith("data: 0");
      ForkedApp.Ended ended = app.stop();
      assertThat(ended.exit()).isEqualTo(143);
      assertThat(ended.coldstartLines())
          .singleElement()
          .asString()
          .startsWith("coldstart: cannot write " + file + "/reports")
          .endsWith("name a writable directory with dir=");
    }
    assertThat(work).isEmptyDirectory();
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void surprisingClassesStayAsTheyAre(Jdk jdk) {
    Path odd = Fakes.compile("odd", folder);
    ForkedApp.Ended plain =
        AgentRun.on(jdk, folder).withoutAgent().classPath(fakes, odd).run(OddApp.class);
    AgentRun run = AgentRun.on(jdk, folder).options("summary=off").classPath(fakes, odd);
    try (ForkedApp app = run.start(OddApp.class)) {
      ForkedApp.Ended watched = app.await();
      assertThat(plain.exit()).as(plain.err()).isZero();
      assertThat(watched.exit()).as(watched.err()).isZero();
      assertThat(watched.out()).isEqualTo(plain.out());
      assertThat(watched.err()).isEmpty();
      assertThat(app.report().agent().adviceFailures()).isPositive();
      assertThat(app.report().agent().warnings())
          .anyMatch(w -> w.contains("probe failures were swallowed (java.lang."))
          .anyMatch(w -> w.contains("expected methods in dev.langchain4j.model.chat.ChatModel"))
          .anyMatch(w -> w.contains("expected methods in org.postgresql.Driver (postgresql)"))
          .anyMatch(w -> w.contains("expected methods in org.postgresql.core.PGStream (postgres"))
          .anyMatch(w -> w.contains("expected methods in com.networknt.schema.Schema (networknt)"))
          .anyMatch(w -> w.contains("io.modelcontextprotocol.client.McpSyncClient (mcp-sdk)"));
    }
  }

  private AgentRun server(Jdk jdk) {
    return AgentRun.on(jdk, folder).classPath(fakes);
  }

  /** The same client for both: asks for everything, then ends the service. */
  private static Seen visit(AgentRun run, boolean exit) {
    try (ForkedApp app = run.start(ServerApp.class)) {
      RawHttp http = app.http();
      List<RawHttp.Response> responses = new ArrayList<>();
      for (String path : PATHS) {
        responses.add(http.get(path));
      }
      try (RawHttp.Connection connection = http.connect()) {
        for (String path : Arrays.asList("/plain", "/chunks", "/empty", "/plain")) {
          connection.send(path, "traceparent: 00-" + "a".repeat(32) + "-" + "b".repeat(16) + "-01");
          responses.add(connection.read());
        }
        if (exit) {
          connection.send("/exit");
        }
        long begin = System.nanoTime();
        ForkedApp.Ended ended = exit ? app.await() : app.stop();
        return new Seen(responses, ended, (System.nanoTime() - begin) / 1_000_000);
      }
    }
  }

  private static void same(Seen plain, Seen watched, int exit) {
    assertThat(watched.responses()).isEqualTo(plain.responses());
    assertThat(lines(watched)).isEqualTo(lines(plain));
    assertThat(plain.ended().exit()).isEqualTo(exit);
    assertThat(watched.ended().exit()).isEqualTo(exit);
  }

  /** What the application printed, but for its port. */
  private static List<String> lines(Seen seen) {
    return seen.ended().out().lines().filter(line -> !line.startsWith("port=")).toList();
  }
}

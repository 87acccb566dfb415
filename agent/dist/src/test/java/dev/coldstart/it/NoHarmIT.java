package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.OddApp;
import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.Seen;
import dev.coldstart.it.harness.Seen.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An application answers, prints and ends with the agent as it does without. */
class NoHarmIT {
  /** 200 ms are promised; the rest is for a busy machine. */
  private static final long MAX_LONGER_STOP_MILLIS = 300;

  @TempDir private Path folder;
  private Path fakes;

  @BeforeEach
  void compileFakes() {
    fakes = Fakes.compile("hikari", folder);
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void answersAndEndsTheSame(Jdk jdk) {
    Seen plain = Seen.of(server(jdk).withoutAgent(), End.SIGTERM);
    Seen watched = Seen.of(server(jdk).options("summary=off"), End.SIGTERM);
    same(plain, watched, 143);
    // On a busy machine the end may come before the agent's thread has begun.
    assertThat(watched.ended().err().lines())
        .as(watched.ended().err())
        .filteredOn(line -> !line.startsWith("coldstart: the process ended before a report"))
        .containsExactlyElementsOf(plain.ended().err().lines().toList());
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void exitsWithItsOwnCode(Jdk jdk) {
    Seen plain = Seen.of(server(jdk).withoutAgent(), End.EXIT);
    same(plain, Seen.of(server(jdk).options("summary=off"), End.EXIT), 3);
  }

  @Test
  void stopsAsFast() {
    List<Long> plain = new ArrayList<>();
    List<Long> watched = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      plain.add(Seen.of(server(Jdks.any()).withoutAgent().onlyJvm(), End.SIGTERM).stopMillis());
      watched.add(Seen.of(server(Jdks.any()).onlyJvm(), End.SIGTERM).stopMillis());
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

  private static void same(Seen plain, Seen watched, int exit) {
    assertThat(watched.differences(plain)).isEmpty();
    assertThat(plain.ended().exit()).isEqualTo(exit);
  }
}

package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.OpenSockets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What docs/threat-model.md says of ports, connections, processes and files. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
class ThreatModelIT {
  private static final String OWNER_ONLY = "rw-------";

  @TempDir private Path folder;
  private Path temp;

  @BeforeEach
  void makeTemp() throws IOException {
    temp = Files.createDirectory(folder.resolve("temp"));
  }

  @Test
  void opensNoPortNoConnectionAndNoProcess() throws IOException {
    try (ForkedApp app = server().start(ServerApp.class)) {
      app.http().get("/plain");
      app.awaitRequests(1);

      assertThat(OpenSockets.of(app.pid()).listening()).containsExactly("127.0.0.1:" + app.port());
      assertThat(OpenSockets.of(app.pid()).calling(app.port())).isEmpty();
      assertThat(ProcessHandle.of(app.pid()).orElseThrow().children()).isEmpty();
    }
  }

  @Test
  void opensThePortItIsAskedForOnTheLoopbackOnly() throws IOException {
    AgentRun run =
        server()
            .agent("-javaagent:" + AgentRun.JAR + "=cache=off,dir=" + folder.resolve("reports"))
            .env("OTEL_TRACES_EXPORTER", "none")
            .env("OTEL_METRICS_EXPORTER", "prometheus")
            .env("OTEL_EXPORTER_PROMETHEUS_PORT", "0");
    try (ForkedApp app = run.start(ServerApp.class)) {
      app.http().get("/plain");
      app.await("a second port", () -> OpenSockets.of(app.pid()).listening().size() == 2);

      assertThat(OpenSockets.of(app.pid()).listening())
          .allMatch(address -> address.startsWith("127.0.0.1:"));
    }
  }

  @Test
  void writesTheReportAndTheCacheForTheOwnerOnlyAndNothingElse() throws IOException {
    Path work = Files.createDirectory(folder.resolve("work"));
    AgentRun run = server().workDir(work);
    try (ForkedApp app = run.start(ServerApp.class)) {
      app.http().get("/plain");
      app.awaitRequests(1);
      assertThat(app.stop().exit()).isEqualTo(143);
    }
    assertThat(work).isEmptyDirectory();
    // The JVM's own; the agent's would be the directories it was not told of.
    assertThat(names(temp)).allMatch(name -> name.startsWith("hsperfdata"));
    for (String dir : List.of("reports", "cache")) {
      List<Path> files = files(folder.resolve(dir));
      assertThat(files).isNotEmpty();
      for (Path file : files) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .as(file.toString())
            .isEqualTo(OWNER_ONLY);
      }
    }
    assertThat(endings(folder.resolve("reports"))).containsExactly("hlog", "json");
    assertThat(endings(folder.resolve("cache"))).containsExactly("bin");
  }

  private AgentRun server() {
    return AgentRun.on(Jdks.any(), folder)
        .jvm("-Djava.io.tmpdir=" + temp)
        .options("summary=off")
        .classPath(Fakes.compile("hikari", folder));
  }

  private static Set<String> names(Path dir) throws IOException {
    return files(dir).stream().map(f -> f.getFileName().toString()).collect(Collectors.toSet());
  }

  private static Set<String> endings(Path dir) throws IOException {
    Set<String> endings = new TreeSet<>();
    for (String name : names(dir)) {
      endings.add(name.substring(name.lastIndexOf('.') + 1));
    }
    return endings;
  }

  private static List<Path> files(Path dir) throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.toList();
    }
  }
}

package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.AgentFacts;
import dev.coldstart.report.RunReport;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The second start of a service weaves nothing, and records what the first one did. */
class WovenCacheIT {
  @TempDir private Path folder;
  private Path cache;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void theSecondStartLoadsNothingToWeaveWith(Jdk jdk) throws IOException {
    cache = folder.resolve("cache");
    RunReport first = serve(jdk, "first");
    assertThat(loaded("first")).anyMatch(WovenCacheIT::weaves);
    List<String> files = files();
    assertThat(files).hasSize(1);

    RunReport second = serve(jdk, "second");
    assertThat(loaded("second")).isNotEmpty().noneMatch(WovenCacheIT::weaves);
    assertThat(loaded("second"))
        .as("has no hooks")
        .noneMatch(line -> line.contains("dev.coldstart.library.JdkConcurrency"));
    assertThat(files()).isEqualTo(files);
    assertThat(second.agent())
        .returns(first.agent().libraries(), AgentFacts::libraries)
        .returns(first.agent().classesWoven(), AgentFacts::classesWoven)
        .returns(List.of(), AgentFacts::warnings);
    assertThat(second.requests().get(0).phases())
        .extracting(PhaseTime::phase)
        .containsExactlyInAnyOrderElementsOf(
            first.requests().get(0).phases().stream().map(PhaseTime::phase).toList());
    Sums.check(second);
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void aTrainingRunFillsIt(Jdk jdk) throws IOException {
    cache = folder.resolve("trained");
    Path hikari = Fakes.compile("hikari", folder);
    ForkedApp.Ended ended =
        AgentRun.on(jdk, folder)
            .tool(
                "java",
                "-jar",
                AgentRun.JAR.toString(),
                "prepare",
                "--cache=" + cache,
                "--timeout=60",
                "--",
                jdk.tool("java"),
                "-cp",
                AgentRun.jarOf(ServerApp.class) + File.pathSeparator + hikari,
                ServerApp.class.getName());
    assertThat(ended.exit()).as(ended.err()).isZero();
    assertThat(ended.out())
        .contains("coldstart: stopped: the service is ready")
        .contains("classes of ", "jdk-httpserver", "-javaagent:coldstart-agent.jar=cache=" + cache);
    serve(jdk, "trained");
    // Only what the first request loads was left to weave.
    assertThat(loaded("trained"))
        .noneMatch(line -> line.contains("dev.coldstart.library.JdkConcurrency"));
  }

  private RunReport serve(Jdk jdk, String name) {
    Path log = folder.resolve(name + ".log");
    Path reports = folder.resolve(name);
    AgentRun run =
        AgentRun.on(jdk, folder)
            .classPath(Fakes.compile("hikari", folder))
            .agent("-javaagent:" + AgentRun.JAR + "=otel=off,dir=" + reports + ",cache=" + cache)
            // As users start it: the JVM describes its classes differently with -Xverify:all.
            .onlyJvm("-Xlog:class+load:file=" + log + ":none");
    try (ForkedApp app = run.start(ServerApp.class)) {
      assertThat(app.http().get("/plain").status()).isEqualTo("HTTP/1.1 200 OK");
      app.await("report", () -> Files.exists(reports) && hasReport(reports));
      app.await("cache", () -> Files.exists(cache));
      app.stop();
    }
    return ForkedApp.report(reports);
  }

  private static boolean hasReport(Path reports) {
    File[] files = reports.toFile().listFiles((dir, file) -> file.endsWith(".json"));
    return files != null && files.length == 1;
  }

  private List<String> loaded(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name + ".log"));
  }

  private static boolean weaves(String line) {
    return line.startsWith("net.bytebuddy.") || line.startsWith("dev.coldstart.weave.WovenClass");
  }

  /** Name, size and time of each file: unchanged means not written again. */
  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(cache)) {
      return all.map(f -> f.getFileName() + " " + f.toFile().length() + " " + time(f)).toList();
    }
  }

  private static long time(Path file) {
    return file.toFile().lastModified();
  }
}

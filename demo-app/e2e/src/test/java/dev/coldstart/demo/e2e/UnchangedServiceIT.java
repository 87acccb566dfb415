package dev.coldstart.demo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * With the agent, no option, no collector and a read-only working directory, a service does what it
 * does without: same answers, same output, same exit, and it stops as fast.
 */
class UnchangedServiceIT {
  private static final int WARM = 3;
  private static final int RUNS = 3;
  private static final long SHUTDOWN_SLACK_MILLIS = 200;

  /** What tells the two runs apart anyway: addresses, times, process ids, threads. */
  private static final String VARIABLE = "[0-9]+";

  @TempDir private Path dir;

  static Stream<String> frameworks() {
    return Stream.of("spring-ai", "langchain4j");
  }

  private record Outcome(List<String> answers, String out, String err, int exit, long stopMillis) {}

  @ParameterizedTest
  @MethodSource("frameworks")
  void behavesAsWithoutTheAgent(String framework) throws Exception {
    // Stopping a service takes now longer, now shorter; an agent that holds it up does so each
    // time.
    long delay = Long.MAX_VALUE;
    for (int i = 0; i < RUNS && delay >= SHUTDOWN_SLACK_MILLIS; i++) {
      delay = Math.min(delay, shutdownDelay(framework, i));
    }
    assertThat(delay).as("shutdown, ms longer than without").isLessThan(SHUTDOWN_SLACK_MILLIS);
  }

  private long shutdownDelay(String framework, int i) throws Exception {
    Outcome without = run(framework, "without" + i, List.of());
    Outcome with = run(framework, "with" + i, List.of("-javaagent:" + DemoRun.agent()));

    assertThat(with.answers()).isEqualTo(without.answers());
    assertThat(with.out()).isEqualTo(without.out());
    assertThat(with.exit()).isEqualTo(without.exit());
    assertThat(with.err()).as("only the summary is new").startsWith(without.err());
    assertThat(with.err()).contains("Coldstart: ").doesNotContain("Exception", "\tat ");
    return with.stopMillis() - without.stopMillis();
  }

  private Outcome run(String framework, String name, List<String> jvmOptions) throws Exception {
    Jdk jdk = Jdks.any();
    Path files = Files.createDirectory(dir.resolve(name));
    Path readOnly = Files.createDirectories(dir.resolve("cwd"));
    Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-xr-xr-x"));
    try (DemoRun demo = new DemoRun(jdk, files)) {
      demo.startBackends(List.of("--scale", "1/300"));
      demo.startService(framework, readOnly, jvmOptions);
      assertThat(demo.visit(WARM)).isTrue();
      long stopMillis = demo.stopService();
      return new Outcome(
          demo.answers(),
          demo.text("service.out").replaceAll(VARIABLE, "#"),
          demo.text("service.err").replaceAll(VARIABLE, "#"),
          demo.exitCode(),
          stopMillis);
    }
  }
}

package dev.coldstart.demo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random delays in the stand-ins are found again in the report: at the time they happened, in their
 * phase, within 5 % or 20 ms; and the first word within 10 ms of when a client saw it.
 */
class TruthIT {
  private static final int WARM = 8;
  private static final int RUNS = 3;

  @TempDir private Path dir;

  static Stream<Arguments> services() {
    return Jdks.all().stream()
        .flatMap(
            jdk ->
                Stream.of("spring-ai", "langchain4j")
                    .map(framework -> Arguments.of(jdk, framework)));
  }

  @ParameterizedTest(name = "{1} on JDK {0}")
  @MethodSource("services")
  void everyInjectedDelayIsFoundInItsPhase(Jdk jdk, String framework) throws Exception {
    // On a busy machine a process may be kept waiting for longer than the tolerance, which looks
    // like a delay of the model. That passes; a wrong figure is wrong in every run.
    List<String> disagreements = new ArrayList<>();
    for (int run = 0; run < RUNS && disagreements.size() == run; run++) {
      String disagreement =
          disagreement(jdk, framework, Files.createDirectory(dir.resolve("" + run)));
      if (disagreement != null) {
        disagreements.add(disagreement);
      }
    }
    assertThat(disagreements).as("runs that disagree with the ledger").hasSizeLessThan(RUNS);
  }

  /** Runs a service with random delays. Null when the report agrees with the ledger. */
  private static String disagreement(Jdk jdk, String framework, Path files) throws Exception {
    long seed = new Random().nextLong();
    try (DemoRun demo = new DemoRun(jdk, files)) {
      demo.startBackends(delays(new Random(seed)));
      demo.startService(
          framework,
          files,
          List.of("-javaagent:" + DemoRun.agent() + "=warm=" + WARM + ",dir=" + demo.reports()));
      assertThat(demo.visit(WARM)).as("all answers are good").isTrue();
      demo.stopService();

      RunReport run = ReportJson.read(Files.readString(demo.report()));
      assertThat(run.requests()).hasSize(1 + WARM);
      assertThat(run.requests()).extracting(RequestReport::kind).startsWith("cold", "warm");
      assertThat(run.requests()).allSatisfy(TruthIT::addsUp);
      assertThat(run.requests())
          .extracting(RequestReport::window)
          .containsOnly("first_visible_token");
      assertThat(run.requests())
          .flatExtracting(RequestReport::spans)
          .as("carried, not guessed")
          .extracting(Span::inferred)
          .containsOnly(false);
      assertThat(run.agent().warnings()).isEmpty();
      assertThat(run.agent().adviceFailures()).isZero();
      return demo.agreesWithLedger()
          ? null
          : "seed " + seed + ": " + demo.text("check.out") + demo.text("check.err");
    }
  }

  private static void addsUp(RequestReport request) {
    long sum =
        request.phases().stream().mapToLong(PhaseTime::exclusiveNanos).sum()
            + request.unattributedNanos();
    assertThat(sum).isEqualTo(request.wallNanos());
  }

  private static List<String> delays(Random random) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--tool-registry-ms", between(random, 600, 1500)));
    options.addAll(List.of("--vector-connect-ms", between(random, 300, 900)));
    options.addAll(List.of("--prompt-cache-ms", between(random, 900, 1800)));
    options.addAll(List.of("--schema-ms", between(random, 200, 700)));
    options.addAll(List.of("--ttft-ms", between(random, 20, 300)));
    if (random.nextBoolean()) {
      options.add("--early-headers");
    }
    return options;
  }

  private static String between(Random random, int low, int high) {
    return Integer.toString(low + random.nextInt(high - low));
  }
}

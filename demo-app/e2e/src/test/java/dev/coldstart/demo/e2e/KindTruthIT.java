package dev.coldstart.demo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RequestReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of {@code scripts/demo.sh --concurrent} and {@code --idle}: who waited for whom,
 * and what expired, agree with what the stand-ins did.
 */
class KindTruthIT {
  private static final int RUNS = 3;
  private static final List<String> DELAYS = List.of("--scale", "1/100");

  @TempDir private Path dir;

  /** Null when the kinds agree with the ledger. */
  private interface Run {
    String disagreement(DemoRun demo) throws Exception;
  }

  @Test
  void ofSeveralFirstRequestsOneWorksAndTheOthersWait() throws Exception {
    int together = 4;
    repeat(
        demo -> {
          demo.startBackends(DELAYS);
          start(demo, "", Map.of());
          assertThat(demo.visit(0, "--concurrent", "" + together)).as("good answers").isTrue();
          demo.stopService();
          assertThat(requests(demo)).hasSize(together);
          return told(demo, demo.kindsAgreeWithLedger("--waited", "" + (together - 1)));
        });
  }

  @Test
  void whatExpiredInAQuietTimeIsNamed() throws Exception {
    // As in demo.sh: connections are closed before tool lists and prompt caches expire.
    int ttl = 3;
    int warm = 4;
    List<String> expiring = new ArrayList<>(DELAYS);
    expiring.addAll(List.of("--idle-s", "" + (ttl - 1), "--slow-connections", "-1"));
    expiring.addAll(List.of("--cache-ttl-s", "" + ttl, "--tool-list-ttl-s", "" + ttl));
    repeat(
        demo -> {
          demo.startBackends(expiring);
          start(demo, ",idle=" + ttl + "s", Map.of("TOOL_LIST_TTL_S", "" + ttl));
          String pause = "" + (ttl + 2);
          assertThat(demo.visit(warm, "--pause-s", pause)).as("good answers").isTrue();
          demo.stopService();
          assertThat(requests(demo)).hasSize(warm + 2);
          return told(demo, demo.kindsAgreeWithLedger("--recold-after-s", pause));
        });
  }

  /** A busy machine may keep a process waiting; what is wrong is wrong in every run. */
  private void repeat(Run run) throws Exception {
    Jdk jdk = Jdks.any();
    List<String> disagreements = new ArrayList<>();
    for (int i = 0; i < RUNS && disagreements.size() == i; i++) {
      try (DemoRun demo = new DemoRun(jdk, Files.createDirectory(dir.resolve("" + i)))) {
        String disagreement = run.disagreement(demo);
        if (disagreement != null) {
          disagreements.add(disagreement);
        }
      }
    }
    assertThat(disagreements).as("runs that disagree with the ledger").hasSizeLessThan(RUNS);
  }

  private void start(DemoRun demo, String options, Map<String, String> environment)
      throws Exception {
    String agent = "-javaagent:" + DemoRun.agent() + "=dir=" + demo.reports() + options;
    demo.startService("langchain4j", dir, List.of(agent), environment);
  }

  private static List<RequestReport> requests(DemoRun demo) throws Exception {
    return ReportJson.read(Files.readString(demo.report())).requests();
  }

  private static String told(DemoRun demo, boolean agrees) throws Exception {
    return agrees ? null : demo.text("check.out") + demo.text("check.err");
  }
}

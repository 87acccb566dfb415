package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.FanOutApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.phase.SerialWork;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of what ran side by side only the slowest was waited for; what ran in turn could have been. */
class FanOutIT {
  private static final String AGENT = FanOutApp.class.getName() + "$Agent";

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void theSlowCallIsWaitedForAndTheRestIsHidden(Jdk jdk) throws IOException {
    Path probes = folder.resolve("probes");
    Files.write(
        probes,
        List.of(
            AGENT + "#server tool_registry",
            AGENT + "#tool tool_call",
            AGENT + "#slowTool slow_tool_call"));
    ForkedApp.Ended ended =
        AgentRun.on(jdk, folder)
            .options("probes=" + probes + ",requests=" + AGENT + "#handle")
            .run(FanOutApp.class);
    RunReport report = ForkedApp.report(folder.resolve("reports"));
    Sums.check(report);
    RequestReport request = report.requests().get(0);

    List<Span> tools = spans(request, "tool_call");
    Span slow = spans(request, "slow_tool_call").get(0);
    assertThat(tools).hasSize(300).noneMatch(Span::inferred);
    // From its begin to its end, to the nanosecond.
    assertThat(slow.exclusiveNanos()).isEqualTo(slow.endNanos() - slow.startNanos());
    assertThat(slow.exclusiveNanos()).isGreaterThanOrEqualTo(millis(600));
    PhaseTime calls = phase(request, "tool_call");
    long beforeSlow = slow.startNanos() - tools.get(0).startNanos();
    assertThat(calls.exclusiveNanos()).isBetween(0L, beforeSlow);
    assertThat(calls.hiddenNanos()).isEqualTo(calls.totalNanos() - calls.exclusiveNanos());
    assertThat(phase(request, "slow_tool_call").hiddenNanos()).isZero();
    long late = tools.stream().filter(t -> t.startNanos() >= slow.startNanos()).count();
    assertThat(tools.stream().filter(t -> t.exclusiveNanos() == 0).count()).isGreaterThan(late);

    servedInTurn(request, ended);
  }

  private static void servedInTurn(RequestReport request, ForkedApp.Ended ended) {
    List<Span> servers = spans(request, "tool_registry");
    long[] taken = servers.stream().mapToLong(s -> s.endNanos() - s.startNanos()).toArray();
    long all = taken[0] + taken[1] + taken[2];
    long saving = all - Math.max(taken[0], Math.max(taken[1], taken[2]));
    assertThat(taken[1]).isGreaterThanOrEqualTo(millis(60));
    assertThat(request.serial()).containsExactly(new SerialWork("tool_registry", 3, all, saving));
    assertThat(ended.err().replaceAll("\\s+", " "))
        .contains("Serial 3 pieces of tool_registry took ")
        .contains("side by side they save up to ");
  }

  private static List<Span> spans(RequestReport request, String phase) {
    return request.spans().stream().filter(s -> s.phase().equals(phase)).toList();
  }

  private static PhaseTime phase(RequestReport request, String name) {
    return request.phases().stream().filter(p -> p.phase().equals(name)).findFirst().orElseThrow();
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}

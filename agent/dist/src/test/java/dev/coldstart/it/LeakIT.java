package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ManyApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Live;
import dev.coldstart.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * After 100,000 requests, failed, cancelled, never closed and outlived by their tasks, the agent
 * holds as many objects as after 10,000.
 */
class LeakIT {
  private static final int STEP = 10_000;
  private static final int STEPS = 10;
  private static final String AGENT = ManyApp.class.getName() + "$Agent";
  private static final String BROKEN = ManyApp.class.getName() + "$Broken";

  /** Entries of side tables wait for the next visit to their bucket. */
  private static final long WAITING = 2_000;

  private static final long HEAP_NOISE = 3_000_000;

  private static final String TRACE = "dev.coldstart.bootstrap.Trace";
  private static final String SCOPE = "dev.coldstart.bootstrap.Scope";
  private static final String HAND_OFF = "dev.coldstart.bootstrap.HandOff";

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void holdsNoMoreAfterAHundredThousandRequests(Jdk jdk) throws IOException {
    Path probes = folder.resolve("probes");
    Files.write(probes, List.of(AGENT + "#tool tool_call", BROKEN + "#<init> agent_build"));
    AgentRun run =
        AgentRun.on(jdk, folder)
            .options("summary=off,probes=" + probes + ",requests=" + AGENT + "#handle")
            .args("" + STEP);
    try (ForkedApp app = run.start(ManyApp.class)) {
      app.http().get("/");
      Map<String, Live> few = Live.of(run, app);
      for (int i = 1; i < STEPS; i++) {
        assertThat(app.http().get("/").status()).isEqualTo("HTTP/1.1 204 done");
      }
      Map<String, Live> many = Live.of(run, app);
      app.stop();

      RunReport report = app.report();
      for (String type : List.of("Total", TRACE, SCOPE, HAND_OFF)) {
        System.out.println(jdk + ": " + type + " " + few.get(type) + " then " + many.get(type));
      }
      assertThat(report.agent().warnings()).isEmpty();
      assertThat(report.agent().intervals()).isGreaterThan(STEP * STEPS / 2);
      assertThat(many.remove("Total").bytes()).isLessThan(few.get("Total").bytes() + HEAP_NOISE);
      many.forEach(
          (type, live) ->
              assertThat(live.count())
                  .as(type)
                  .isLessThan(few.getOrDefault(type, new Live(0, 0)).count() + WAITING));
      // One request or thread kept in fifty would show.
      assertThat(many.get(TRACE).count()).isLessThan(WAITING);
      assertThat(many.get(SCOPE).count()).isLessThan(WAITING);
    }
  }
}

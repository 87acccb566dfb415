package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.GrpcCollector;
import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import io.opentelemetry.proto.trace.v1.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application with an OpenTelemetry SDK and a Micrometer registry of its own, and the agent that
 * exports with another version of that SDK: neither sees what is the other's.
 */
class OwnTelemetryIT {
  private static final int REQUESTS = 3;

  @TempDir private Path folder;

  @Test
  void leavesTheApplicationsOwnTelemetryAlone() throws Exception {
    String alone;
    List<String> lines;
    try (ForkedApp app = run().withoutAgent().start(Scenes.class)) {
      alone = told(app);
      lines = app.stop().otherLines();
    }
    assertThat(alone).contains("app own work", "own.work", "false");
    try (GrpcCollector collector = new GrpcCollector();
        ForkedApp app =
            run()
                .agent(
                    "-javaagent:%s=dir=%s,cache=%s,summary=off"
                        .formatted(
                            AgentRun.JAR, folder.resolve("reports"), folder.resolve("cache")))
                .jvm(
                    "-Dotel.metrics.exporter=none",
                    "-Dotel.exporter.otlp.protocol=grpc",
                    "-Dotel.exporter.otlp.endpoint=" + collector.endpoint())
                .start(Scenes.class)) {
      assertThat(told(app)).isEqualTo(alone);
      app.awaitRequests(REQUESTS);
      app.await(
          "our requests",
          () -> collector.spans().stream().anyMatch(s -> s.getName().equals("GET /work")));
      assertThat(collector.spans()).extracting(Span::getName).doesNotContain("own work");
      ForkedApp.Ended ended = app.stop();
      assertThat(ended.otherLines()).isEqualTo(lines);
      check(app.report());
    }
  }

  private static void check(RunReport report) {
    assertThat(report.agent().warnings()).isEmpty();
    assertThat(report.agent().adviceFailures()).isZero();
    Sums.check(report);
    assertThat(Calls.of(report, "/work"))
        .hasSize(REQUESTS)
        .allSatisfy(work -> assertThat(Calls.spans(work, "schema: first validate")).hasSize(1))
        .extracting(RequestReport::parentSpanId)
        .as("the application's spans are not ours to join")
        .containsOnlyNulls();
  }

  private static String told(ForkedApp app) throws Exception {
    for (int i = 0; i < REQUESTS; i++) {
      assertThat(app.http().get("/work").body()).isEqualTo("1 violation, own span: true");
    }
    return app.http().get("/told").body();
  }

  private AgentRun run() {
    return AgentRun.ofLibrary(Jdks.any(), folder)
        .classPath(Libs.classPath("own-telemetry", "OwnTelemetryApp").toArray(new Path[0]))
        .args("dev.coldstart.it.app.OwnTelemetryApp");
  }
}

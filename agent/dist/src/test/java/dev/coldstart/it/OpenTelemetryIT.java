package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.RawHttp;
import dev.coldstart.report.OtherEntry;
import dev.coldstart.report.RunReport;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What OpenTelemetry's backends get of the packed jar: over gRPC, by Prometheus, after a kill. */
class OpenTelemetryIT {
  @TempDir private Path folder;

  @Test
  void sendsTracesOverGrpcAndServesMetricsToPrometheus() throws Exception {
    int port = freePort();
    try (GrpcCollector collector = new GrpcCollector();
        ForkedApp app =
            run("-Dotel.exporter.otlp.protocol=grpc")
                .env("OTEL_TRACES_EXPORTER", "otlp")
                .env("OTEL_EXPORTER_OTLP_ENDPOINT", collector.endpoint())
                .env("OTEL_METRICS_EXPORTER", "prometheus")
                .env("OTEL_EXPORTER_PROMETHEUS_PORT", String.valueOf(port))
                .env("OTEL_RESOURCE_ATTRIBUTES", "service.name=forked,service.version=9")
                .start(ServerApp.class)) {
      app.http().get("/plain");
      RunReport report = app.awaitRequests(1);
      app.await("spans", () -> collector.spans().size() == 2 + report.startup().spans().size() + 1);
      assertThat(collector.paths())
          .containsOnly("/opentelemetry.proto.collector.trace.v1.TraceService/Export");
      String traceId = report.requests().get(0).traceId();
      assertThat(collector.spans())
          .filteredOn(s -> hex(s).equals(traceId))
          .extracting(Span::getName)
          .containsExactlyInAnyOrder("GET /plain", report.requests().get(0).spans().get(0).name());

      String metrics = new RawHttp(port).get("/metrics").body();
      assertThat(metrics)
          .contains("coldstart_requests_total{coldstart_kind=\"cold\"")
          .contains("coldstart_ready_duration_seconds_count")
          .contains("service_name=\"forked\",service_version=\"9\"");
      assertThat(app.http().get("/plain").status()).contains("200");
      app.awaitRequests(2);
      ForkedApp.Ended ended = app.stop();
      RunReport last = app.report();
      assertThat(last.requests()).hasSize(2);
      assertThat(last.others())
          .as("the scrape is nobody's request")
          .extracting(OtherEntry::route)
          .doesNotContain("/metrics");
      assertThat(last.agent().warnings()).isEmpty();
      assertThat(ended.otherLines()).isEmpty();
    }
  }

  @Test
  void sendsFromTheReportWhatAKilledProcessCouldNot() throws Exception {
    String nobody = "http://127.0.0.1:" + freePort();
    try (ForkedApp app = run("-Dotel.exporter.otlp.endpoint=" + nobody).start(ServerApp.class)) {
      app.http().get("/plain");
      app.awaitRequests(1);
      app.kill();
      List<Span> spans;
      try (HttpCollector collector = new HttpCollector(0)) {
        ForkedApp.Ended ended =
            AgentRun.on(Jdks.any(), folder)
                .tool(
                    "java",
                    "-jar",
                    AgentRun.JAR.toString(),
                    "export",
                    "--endpoint=" + collector.endpoint(),
                    ForkedApp.file(app.reports(), ".json").toString());
        assertThat(ended.exit()).as(ended.err()).isZero();
        spans = collector.spans();
      }
      String traceId = app.report().requests().get(0).traceId();
      assertThat(spans).extracting(Span::getName).contains("startup", "GET /plain");
      assertThat(spans).filteredOn(s -> hex(s).equals(traceId)).hasSize(2);
    }
  }

  @Test
  void endsInTimeAndSaysWhatWasNotSent() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        ForkedApp app =
            run("-Dotel.exporter.otlp.endpoint=http://127.0.0.1:" + silent.getLocalPort())
                .start(ServerApp.class);
        RawHttp.Connection connection = app.http().connect()) {
      app.http().get("/plain");
      app.awaitRequests(1);
      // After a signal from here nothing of its stderr could be read.
      connection.send("/exit");
      ForkedApp.Ended ended = app.await();

      assertThat(ended.coldstartLines())
          .filteredOn(line -> line.contains("did not get 2 traces"))
          .singleElement()
          .asString()
          .contains("coldstart-agent.jar export " + ForkedApp.file(app.reports(), ".json"));
    }
  }

  private AgentRun run(String property) {
    return AgentRun.on(Jdks.any(), folder)
        .agent(
            "-javaagent:%s=dir=%s,cache=%s,summary=off"
                .formatted(AgentRun.JAR, folder.resolve("reports"), folder.resolve("cache")))
        .classPath(Fakes.compile("hikari", folder))
        .jvm(property);
  }

  private static String hex(Span span) {
    return HexFormat.of().formatHex(span.getTraceId().toByteArray());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

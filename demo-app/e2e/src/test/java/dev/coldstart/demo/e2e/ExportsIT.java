package dev.coldstart.demo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same run by every way out: report, histogram log, OTLP and JFR agree. The collector is a test
 * receiver of ours that decodes with OpenTelemetry's own protocol classes.
 */
class ExportsIT {
  private static final int WARM = 5;

  @TempDir private Path dir;

  private final List<Span> spans = new CopyOnWriteArrayList<>();
  private final List<Metric> metrics = new CopyOnWriteArrayList<>();

  static List<Jdk> jdks() {
    return Jdks.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void allWaysOutTellTheSame(Jdk jdk) throws Exception {
    HttpServer collector = collector();
    Path recording = dir.resolve("run.jfr");
    try (DemoRun demo = new DemoRun(jdk, dir)) {
      demo.startBackends(List.of("--scale", "1/100"));
      demo.startService(
          "langchain4j",
          dir,
          List.of(
              "-XX:StartFlightRecording:filename=" + recording,
              "-Dotel.exporter.otlp.endpoint=http://127.0.0.1:" + collector.getAddress().getPort(),
              "-Dotel.exporter.otlp.protocol=http/protobuf",
              "-Dotel.metric.export.interval=500",
              "-javaagent:" + DemoRun.agent() + "=warm=" + WARM + ",dir=" + demo.reports()));
      assertThat(demo.visit(WARM)).isTrue();
      Thread.sleep(3_000);
      demo.stopService();

      RunReport run = ReportJson.read(Files.readString(demo.report()));
      RequestReport first = run.requests().get(0);
      assertThat(run.agent().warnings()).isEmpty();
      checkTrace(first);
      checkMetrics();
      checkHistograms(demo);
      checkRecording(recording, first);
    } finally {
      collector.stop(0);
    }
  }

  private void checkTrace(RequestReport first) {
    List<Span> trace =
        spans.stream()
            .filter(s -> hex(s.getTraceId().toByteArray()).equals(first.traceId()))
            .toList();
    assertThat(trace).hasSize(1 + first.spans().size());
    Set<String> names = new HashSet<>();
    trace.forEach(span -> names.add(span.getName()));
    assertThat(names).contains("chroma connect", "mcp tools/list", "schema: fetch");
  }

  private void checkMetrics() {
    assertThat(metrics)
        .extracting(Metric::getName)
        .contains(
            "coldstart.request.duration",
            "coldstart.phase.duration",
            "coldstart.time_to_first_token");
    assertThat(metrics).extracting(Metric::getUnit).contains("s");
  }

  private static void checkHistograms(DemoRun demo) throws Exception {
    Path log = Path.of(demo.report().toString().replace(".json", ".hlog"));
    Set<String> tags = new HashSet<>();
    try (HistogramLogReader reader = new HistogramLogReader(log.toFile())) {
      for (EncodableHistogram h = reader.nextIntervalHistogram();
          h != null;
          h = reader.nextIntervalHistogram()) {
        tags.add(h.getTag());
      }
    }
    assertThat(tags).contains("tool_registry:cold", "llm_ttft:warm", "request:cold", "ttft:warm");
  }

  private static void checkRecording(Path recording, RequestReport first) throws IOException {
    List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
    assertThat(events)
        .filteredOn(e -> e.getEventType().getName().equals("dev.coldstart.Request"))
        .hasSize(1 + WARM);
    assertThat(events)
        .filteredOn(e -> e.getEventType().getName().equals("dev.coldstart.Phase"))
        .extracting(e -> e.getString("phase"))
        .as("an estimate comes only with warm requests, after the event was written")
        .containsAll(
            first.phases().stream().filter(p -> !p.estimated()).map(p -> p.phase()).toList());
  }

  private HttpServer collector() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          try (InputStream in = body(exchange)) {
            ExportTraceServiceRequest.parseFrom(in)
                .getResourceSpansList()
                .forEach(r -> r.getScopeSpansList().forEach(s -> spans.addAll(s.getSpansList())));
          }
          exchange.sendResponseHeaders(200, -1);
        });
    server.createContext(
        "/v1/metrics",
        exchange -> {
          try (InputStream in = body(exchange)) {
            ExportMetricsServiceRequest.parseFrom(in)
                .getResourceMetricsList()
                .forEach(
                    r -> r.getScopeMetricsList().forEach(s -> metrics.addAll(s.getMetricsList())));
          }
          exchange.sendResponseHeaders(200, -1);
        });
    server.start();
    return server;
  }

  private static InputStream body(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    return zipped ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody();
  }

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}

package dev.coldstart.demo.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same run by every way out: report, histogram log, OTLP and JFR agree. The collector is a test
 * receiver.
 */
class ExportsIT {
  private static final int WARM = 5;

  @TempDir private Path dir;

  static List<Jdk> jdks() {
    return Jdks.all();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void allWaysOutTellTheSame(Jdk jdk) throws Exception {
    Path recording = dir.resolve("run.jfr");
    try (OtlpCollector collector = new OtlpCollector();
        DemoRun demo = new DemoRun(jdk, dir)) {
      demo.startBackends(List.of("--scale", "1/100"));
      List<String> options = new ArrayList<>(collector.options());
      options.add("-Dotel.metric.export.interval=500");
      options.add("-XX:StartFlightRecording:filename=" + recording);
      options.add("-javaagent:" + DemoRun.agent() + "=warm=" + WARM + ",dir=" + demo.reports());
      demo.startService("langchain4j", dir, options);
      assertThat(demo.visit(WARM)).isTrue();
      Thread.sleep(3_000);
      demo.stopService();

      RunReport run = ReportJson.read(Files.readString(demo.report()));
      RequestReport first = run.requests().get(0);
      assertThat(run.agent().warnings()).isEmpty();
      checkTrace(collector, first);
      checkMetrics(collector);
      checkHistograms(demo);
      checkRecording(recording, first);
    }
  }

  private static void checkTrace(OtlpCollector collector, RequestReport first) {
    List<Span> trace =
        collector.received().stream()
            .map(OtlpCollector.Received::span)
            .filter(s -> hex(s.getTraceId().toByteArray()).equals(first.traceId()))
            .toList();
    assertThat(trace).hasSize(1 + first.spans().size());
    Set<String> names = new HashSet<>();
    trace.forEach(span -> names.add(span.getName()));
    assertThat(names).contains("chroma connect", "mcp tools/list", "schema: fetch");
  }

  private static void checkMetrics(OtlpCollector collector) {
    assertThat(collector.metrics())
        .extracting(Metric::getName)
        .contains(
            "coldstart.request.duration",
            "coldstart.phase.duration",
            "coldstart.time_to_first_token");
    assertThat(collector.metrics()).extracting(Metric::getUnit).contains("s");
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

  private static String hex(byte[] bytes) {
    return java.util.HexFormat.of().formatHex(bytes);
  }
}

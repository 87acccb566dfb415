package dev.coldstart.export;

import static dev.coldstart.export.Decoded.attributes;
import static dev.coldstart.export.Decoded.metric;
import static dev.coldstart.export.Decoded.numbers;
import static dev.coldstart.export.Decoded.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.coldstart.phase.PromptCache;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Sample;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the collector gets of a run's metrics. */
@Timeout(60)
class OtlpMetricsTest {
  private static final Map<String, String> LATEST =
      Map.of("otel.semconv.stability.opt.in", "gen_ai_latest_experimental");

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final RunReport cold = Sample.report("cold");
  private final RequestReport first = cold.requests().get(0);

  @Test
  void exportsExactlyTheInstrumentsOfTheTable() throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, LATEST, withEstimate(), List.of(first, warm(first, 3_000_000)));

      assertThat(warnings).isEmpty();
      for (OtlpInstrument instrument : OtlpInstrument.values()) {
        Metric metric = metric(receiver, instrument.metric);
        assertThat(metric.getUnit()).as(instrument.metric).isEqualTo(instrument.unit);
        assertThat(metric.getDescription()).isEqualTo(instrument.description);
        Set<String> optional = new TreeSet<>(instrument.attributes);
        keys(metric).forEach(key -> assertThat(optional).as(instrument.metric).contains(key));
      }
      assertThat(receiver.metrics())
          .extracting(Metric::getName)
          .containsOnly(
              List.of(OtlpInstrument.values()).stream().map(i -> i.metric).toArray(String[]::new));
    }
  }

  @Test
  void countsRequestsAndTellsTheFailedOnesApart() throws IOException {
    RequestReport failed = Sample.report("blocking").requests().get(0);
    assertThat(failed.failed()).isTrue();
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), cold, List.of(first, failed, failed, failing("500")));

      assertThat(numbers(metric(receiver, "coldstart.requests")))
          .containsEntry(Map.of("coldstart.kind", "cold"), 1.0)
          .containsEntry(Map.of("coldstart.kind", failed.kind(), "error.type", "_OTHER"), 2.0)
          .containsEntry(Map.of("coldstart.kind", failed.kind(), "error.type", "500"), 1.0);
    }
  }

  @Test
  void boundsTheNamesOfErrors() throws IOException {
    List<RequestReport> many = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      many.add(failing("shop.Error" + i));
    }
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), cold, many);

      assertThat(numbers(metric(receiver, "coldstart.requests")))
          .hasSize(32 + 1)
          .containsEntry(
              Map.of("coldstart.kind", many.get(0).kind(), "error.type", "_OTHER"), 68.0);
    }
  }

  @Test
  void tellsTheStartUpOncePerProcess() throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      Otlp otlp = otlp(receiver, Map.of());
      otlp.report(cold);
      otlp.request(first, true);
      otlp.report(cold);
      otlp.report(cold);
      otlp.closeWithin(TimeUnit.SECONDS.toNanos(10));

      HistogramDataPoint ready = point(metric(receiver, "coldstart.ready.duration"), Map.of());
      assertThat(ready.getCount()).isEqualTo(1);
      assertThat(ready.getSum()).isEqualTo(12.753);
      Metric phases = metric(receiver, "coldstart.startup.phase.duration");
      assertThat(point(phases, Map.of("coldstart.phase", "tool_registry")).getSum())
          .isEqualTo(3.199765433);
      assertThat(
              phases.getHistogram().getDataPointsList().stream()
                  .mapToDouble(HistogramDataPoint::getSum)
                  .sum())
          .as("the phases before ready add up to it")
          .isEqualTo(12.753, within(1e-9));
      assertThat(receiver.metrics())
          .extracting(Metric::getName)
          .doesNotContain("coldstart.ready_to_warm.duration");
    }
  }

  @Test
  void tellsReadyWithoutAnyRequest() throws IOException {
    RunReport unready = Sample.report("no-request");
    RunReport idle =
        ReportJson.read(
            Sample.json("no-request").replace("\"ready_ns\": null", "\"ready_ns\": 500000000"));
    assertThat(unready.startup().readyNanos()).isNull();
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), idle, List.of());

      assertThat(point(metric(receiver, "coldstart.ready.duration"), Map.of()).getCount())
          .isEqualTo(1);
    }
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), unready, List.of());

      assertThat(receiver.metrics())
          .extracting(Metric::getName)
          .doesNotContain("coldstart.ready.duration", "coldstart.startup.phase.duration");
    }
  }

  @Test
  void tellsHowLongItTookToGetWarm() throws IOException {
    List<RequestReport> all = Sample.report("warm").requests();
    RequestReport warm = all.get(all.size() - 1);
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), cold, List.of(first, warm, warm));

      HistogramDataPoint point =
          point(metric(receiver, "coldstart.ready_to_warm.duration"), Map.of());
      double readyAt = cold.startup().startMonotonicNanos() / 1e9 + 12.753;
      double end = (warm.startMonotonicNanos() + warm.durationNanos()) / 1e9;
      assertThat(end).isGreaterThan(readyAt);
      assertThat(point.getCount()).isEqualTo(1);
      assertThat(point.getSum()).isEqualTo(end - readyAt, within(1e-9));
    }
  }

  @Test
  void countsModelCallsByWhatThePromptCacheDid() throws IOException {
    LlmCall call = first.llm().get(0);
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), cold, List.of(first));

      assertThat(numbers(metric(receiver, "coldstart.prompt_cache.calls")))
          .containsEntry(
              Map.of(
                  "coldstart.prompt_cache",
                  call.promptCache(),
                  "gen_ai.request.model",
                  "gpt-4o-mini"),
              1.0);
    }
  }

  @Test
  void tellsWhatAMissCostOnceThatIsKnown() throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      Otlp otlp = otlp(receiver, Map.of());
      otlp.request(first, true);
      otlp.report(cold);
      otlp.report(withEstimate());
      otlp.report(withEstimate());
      otlp.closeWithin(TimeUnit.SECONDS.toNanos(10));

      Map<String, String> kind = Map.of("coldstart.kind", "cold");
      HistogramDataPoint estimate =
          point(metric(receiver, "coldstart.prompt_cache.estimate"), kind);
      assertThat(estimate.getCount()).isEqualTo(1);
      assertThat(estimate.getSum()).isEqualTo(15);
      assertThat(estimate.getExemplars(0).getTraceId().toByteArray())
          .asHexString()
          .isEqualToIgnoringCase(first.traceId());
      Metric phases = metric(receiver, "coldstart.phase.duration");
      assertThat(
              point(phases, Map.of("coldstart.phase", "llm_ttft", "coldstart.kind", "cold"))
                  .getSum())
          .as("the estimate is part of it")
          .isEqualTo(15.811);
    }
  }

  @Test
  void tellsNoCostOfAMissWithoutAWarmHit() throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), cold, List.of(first));

      assertThat(receiver.metrics())
          .extracting(Metric::getName)
          .doesNotContain("coldstart.prompt_cache.estimate");
    }
  }

  @Test
  void tellsItsOwnCostAndLosses() throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), losing("12", "3", "2"), List.of(first));

      assertThat(numbers(metric(receiver, "coldstart.agent.cost")))
          .containsEntry(Map.of("coldstart.cost", "premain"), 0.041234567)
          .containsEntry(Map.of("coldstart.cost", "weaving"), 0.118)
          .containsEntry(Map.of("coldstart.cost", "recording"), 0.000212)
          .containsEntry(Map.of("coldstart.cost", "background_cpu"), 0.31);
      assertThat(numbers(metric(receiver, "coldstart.agent.dropped")))
          .isEqualTo(
              Map.of(
                  Map.of("coldstart.dropped", "intervals"), 7.0,
                  Map.of("coldstart.dropped", "notes"), 3.0,
                  Map.of("coldstart.dropped", "requests"), 2.0,
                  Map.of("coldstart.dropped", "exports"), 0.0));
    }
  }

  @Test
  void keepsTheAttributesFewWhateverComes() throws IOException {
    List<RequestReport> many = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      many.add(Requests.calling("/route/" + i, "model-" + i, Requests.phase("phase_" + i, 1_000)));
    }
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, LATEST, cold, many);

      assertThat(points(receiver, "coldstart.phase.duration")).isEqualTo(64 + 2);
      assertThat(points(receiver, "gen_ai.client.inference.time_to_first_chunk")).isEqualTo(32 + 1);
      assertThat(numbers(metric(receiver, "coldstart.prompt_cache.calls")))
          .hasSize(32 + 1)
          .containsEntry(
              Map.of("coldstart.prompt_cache", "hit", "gen_ai.request.model", "other"), 9_968.0);
      assertThat(receiver.metrics().toString()).doesNotContain("/route/");
    }
  }

  @Test
  void writesExponentialHistogramsWhenAskedTo() throws IOException {
    Map<String, String> exponential =
        Map.of(
            "otel.exporter.otlp.metrics.default.histogram.aggregation",
            "base2_exponential_bucket_histogram");
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, exponential, cold, List.of(first));

      Metric duration = metric(receiver, "coldstart.request.duration");
      assertThat(duration.hasExponentialHistogram()).isTrue();
      assertThat(duration.getExponentialHistogram().getDataPoints(0).getSum())
          .isEqualTo(90.000000017);
    }
  }

  @Test
  void leadsFromABucketToTheColdTrace() throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), cold, List.of(first));

      assertThat(receiver.metrics())
          .filteredOn(m -> m.getName().equals("coldstart.request.duration"))
          .flatExtracting(m -> m.getHistogram().getDataPoints(0).getExemplarsList())
          .extracting(e -> Decoded.hex(e.getTraceId().toByteArray()))
          .as("an exemplar is sent once")
          .containsExactly(first.traceId());
    }
  }

  private void send(
      OtlpReceiver receiver,
      Map<String, String> extra,
      RunReport report,
      List<RequestReport> requests)
      throws IOException {
    Otlp otlp = otlp(receiver, extra);
    requests.forEach(request -> otlp.request(request, request.kind().equals("cold")));
    otlp.report(report);
    otlp.closeWithin(TimeUnit.SECONDS.toNanos(10));
  }

  private Otlp otlp(OtlpReceiver receiver, Map<String, String> extra) {
    Map<String, String> values = new HashMap<>(extra);
    values.put("otel.exporter.otlp.endpoint", receiver.endpoint());
    return new Otlp(
        OtlpSettings.of("auto", values),
        "travel-agent",
        "0.1.0",
        values,
        1,
        warnings::add,
        count -> {});
  }

  private static RequestReport failing(String error) throws IOException {
    return ReportJson.read(
            Sample.json("blocking").replaceFirst("\"error\": null", "\"error\": \"" + error + '"'))
        .requests()
        .get(0);
  }

  /** The report as it is after a warm hit. */
  private RunReport withEstimate() {
    return Requests.run(
        cold, List.of(first.withPhases(PromptCache.split(first.phases(), 15_000_000_000L))));
  }

  private static RunReport losing(String all, String notes, String requests) throws IOException {
    return ReportJson.read(
        Sample.json("cold")
            .replaceFirst(
                "\"dropped\": 0,(\\s+\"dropped_\\w+\": (0|null),){2}",
                "\"dropped\": %s, \"dropped_notes\": %s, \"dropped_requests\": %s,"
                    .formatted(all, notes, requests)));
  }

  private static RequestReport warm(RequestReport request, long unattributedNanos) {
    return Requests.of("warm", request.ttftNanos(), unattributedNanos);
  }

  private static int points(OtlpReceiver receiver, String name) {
    return metric(receiver, name).getHistogram().getDataPointsCount();
  }

  private static Set<String> keys(Metric metric) {
    List<List<KeyValue>> all = new ArrayList<>();
    metric.getHistogram().getDataPointsList().forEach(p -> all.add(p.getAttributesList()));
    metric.getSum().getDataPointsList().forEach(p -> all.add(p.getAttributesList()));
    metric.getGauge().getDataPointsList().forEach(p -> all.add(p.getAttributesList()));
    Set<String> keys = new TreeSet<>();
    all.forEach(list -> keys.addAll(attributes(list).keySet()));
    return keys;
  }
}

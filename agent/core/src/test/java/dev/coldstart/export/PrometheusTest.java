package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RunReport;
import dev.coldstart.report.Sample;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_34_0.Metrics;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a Prometheus reads; its protobuf is decoded with the classes of Prometheus' own library. */
@Timeout(60)
class PrometheusTest {
  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final RunReport cold = Sample.report("cold");

  @Test
  void servesTheMetricsOfTheTableAsText() throws Exception {
    int port = freePort();
    Otlp otlp = run(port, Map.of("otel.resource.attributes", "service.version=1.2.3"));
    String text = new String(scrape(port, "text/plain").body(), StandardCharsets.UTF_8);
    otlp.close(1_000_000);

    assertThat(own(warnings)).isEmpty();
    for (OtlpInstrument instrument : OtlpInstrument.values()) {
      if (instrument.metric.startsWith("coldstart.")
          && instrument != OtlpInstrument.PROMPT_CACHE_ESTIMATE) {
        String name = MetricsDocTest.prometheus(instrument);
        String line = instrument.form == OtlpInstrument.Form.HISTOGRAM ? name + "_bucket" : name;
        assertThat(text).contains("\n" + line + "{");
      }
    }
    assertThat(
            text.lines()
                .filter(
                    l ->
                        l.startsWith(
                            "coldstart_request_duration_seconds_sum{coldstart_kind=\"cold\"")))
        .singleElement()
        .asString()
        .contains("coldstart_kind=\"cold\"")
        .contains("service_name=\"travel-agent\"")
        .contains("service_version=\"1.2.3\"")
        .endsWith(" 90.000000017");
    assertThat(text).contains("target_info{");
  }

  @Test
  void servesNativeHistogramsAsProtobuf() throws Exception {
    int port = freePort();
    Otlp otlp =
        run(
            port,
            Map.of(
                "otel.exporter.otlp.metrics.default.histogram.aggregation",
                "base2_exponential_bucket_histogram"));
    HttpResponse<byte[]> answer =
        scrape(
            port,
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                + "encoding=delimited,text/plain;q=0.1");
    otlp.close(1_000_000);

    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue(PrometheusProtobuf.CONTENT_TYPE);
    Map<String, Metrics.MetricFamily> families = families(answer.body());
    Metrics.MetricFamily duration = families.get("coldstart_request_duration_seconds");
    assertThat(duration.getType()).isEqualTo(Metrics.MetricType.HISTOGRAM);
    Metrics.Histogram histogram =
        duration.getMetricList().stream()
            .filter(m -> m.getLabel(0).getValue().equals("cold"))
            .findFirst()
            .orElseThrow()
            .getHistogram();
    assertThat(histogram.getSampleCount()).isEqualTo(1);
    assertThat(histogram.getSampleSum()).isEqualTo(90.000000017);
    assertThat(histogram.getBucketCount()).isZero();
    assertThat(histogram.getPositiveDeltaList()).containsExactly(1L);
    double base = Math.pow(2, Math.pow(2, -histogram.getSchema()));
    int index = histogram.getPositiveSpan(0).getOffset();
    assertThat(90.0).isBetween(Math.pow(base, index - 1), Math.pow(base, index));
    Metrics.MetricFamily requests = families.get("coldstart_requests_total");
    assertThat(requests.getType()).isEqualTo(Metrics.MetricType.COUNTER);
    assertThat(requests.getMetric(0).getCounter().getValue()).isEqualTo(1);
    assertThat(requests.getMetric(0).getLabelList())
        .extracting(Metrics.LabelPair::getName)
        .contains("coldstart_kind", "service_name");
    assertThat(families.get("coldstart_agent_cost_seconds").getMetricList()).hasSize(4);
  }

  @Test
  void servesClassicHistogramsAsProtobufWithExemplars() throws Exception {
    int port = freePort();
    Otlp otlp = run(port, Map.of());
    Map<String, Metrics.MetricFamily> families =
        families(scrape(port, "application/vnd.google.protobuf").body());
    otlp.close(1_000_000);

    Metrics.Histogram histogram =
        families.get("coldstart_request_duration_seconds").getMetricList().stream()
            .filter(m -> m.getLabel(0).getValue().equals("cold"))
            .findFirst()
            .orElseThrow()
            .getHistogram();
    assertThat(histogram.getBucketList())
        .extracting(b -> b.getUpperBound() + ": " + b.getCumulativeCount())
        .contains("60.0: 0", "120.0: 1", "300.0: 1", "Infinity: 1");
    assertThat(histogram.getBucketList())
        .filteredOn(Metrics.Bucket::hasExemplar)
        .singleElement()
        .satisfies(
            b ->
                assertThat(b.getExemplar().getLabelList())
                    .extracting(Metrics.LabelPair::getValue)
                    .contains(cold.requests().get(0).traceId()));
  }

  @Test
  void saysWhenItCannotListenAndSendsTheRest() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        OtlpReceiver receiver = new OtlpReceiver(200)) {
      run(
          taken.getLocalPort(),
          Map.of(
              "otel.traces.exporter", "otlp", "otel.exporter.otlp.endpoint", receiver.endpoint()));

      assertThat(receiver.awaitSpans(11)).hasSize(11);
    }
    assertThat(own(warnings)).singleElement().asString().contains("cannot listen for Prometheus");
  }

  private Otlp run(int port, Map<String, String> extra) {
    Map<String, String> values = new HashMap<>(extra);
    values.put("otel.metrics.exporter", "prometheus");
    values.put("otel.exporter.prometheus.port", String.valueOf(port));
    values.putIfAbsent("otel.traces.exporter", "console");
    Otlp otlp =
        new Otlp(
            OtlpSettings.of("auto", values),
            "travel-agent",
            "0.1.0",
            values,
            1,
            warnings::add,
            count -> {});
    otlp.request(cold.requests().get(0), true);
    otlp.request(Requests.of("warm", 1L, 1), false);
    otlp.report(cold);
    return otlp;
  }

  /** Exporters that other tests gave up may still try; they share the SDK's logger. */
  private static List<String> own(List<String> warnings) {
    return warnings.stream()
        .filter(w -> !w.startsWith("OTLP export failed: Failed to export"))
        .toList();
  }

  private static HttpResponse<byte[]> scrape(int port, String accept) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
            .header("Accept", accept)
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  private static Map<String, Metrics.MetricFamily> families(byte[] body) throws Exception {
    ByteArrayInputStream in = new ByteArrayInputStream(body);
    List<Metrics.MetricFamily> all = new ArrayList<>();
    while (in.available() > 0) {
      all.add(Metrics.MetricFamily.parseDelimitedFrom(in));
    }
    return all.stream()
        .collect(Collectors.toMap(Metrics.MetricFamily::getName, Function.identity()));
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OtlpSettingsTest {
  @Test
  void autoIsOffUntilSomethingIsConfigured() {
    assertThat(auto(Map.of()).wanted()).isFalse();
    assertThat(auto(Map.of("otel.exporter.otlp.endpoint", "http://c:4318")).wanted()).isTrue();
    assertThat(auto(Map.of("otel.traces.exporter", "otlp")).wanted()).isTrue();
    assertThat(
            auto(Map.of("otel.traces.exporter", "none", "otel.metrics.exporter", "none")).wanted())
        .isFalse();
  }

  @Test
  void autoSendsOnlyTheSignalThatIsConfigured() {
    OtlpSettings settings = auto(Map.of("otel.exporter.otlp.traces.endpoint", "http://c/t"));

    assertThat(settings.overrides())
        .containsEntry("otel.traces.exporter", "otlp")
        .containsEntry("otel.metrics.exporter", "none");
  }

  @Test
  void onAndOffNeedNoConfiguration() {
    Map<String, String> endpoint = Map.of("otel.exporter.otlp.endpoint", "http://c:4318");

    assertThat(OtlpSettings.of("on", Map.of()).wanted()).isTrue();
    assertThat(OtlpSettings.of("off", endpoint).wanted()).isFalse();
    assertThat(OtlpSettings.of("on", Map.of("otel.sdk.disabled", "true")).wanted()).isFalse();
  }

  @Test
  void namesAnExporterItDoesNotHave() {
    OtlpSettings settings =
        auto(Map.of("otel.traces.exporter", "otlp", "otel.metrics.exporter", "statsd"));
    assertThat(settings.problems())
        .singleElement()
        .asString()
        .startsWith("OTEL_METRICS_EXPORTER names");
  }

  @Test
  void takesSeveralExportersAndLeavesOutThoseItDoesNotHave() {
    OtlpSettings settings =
        auto(
            Map.of(
                "otel.traces.exporter", "zipkin, otlp,console",
                "otel.metrics.exporter", "prometheus"));

    assertThat(settings.problems()).isEmpty();
    assertThat(settings.overrides())
        .containsEntry("otel.traces.exporter", "otlp,console")
        .containsEntry("otel.metrics.exporter", "prometheus");
  }

  @Test
  void offGivesAnExporterThatDoesNothing() {
    Exporter off = OtlpSettings.exporter("off", "s", "0", line -> {}, count -> {});

    off.request(Requests.of("cold", null, 1), true);
    off.close(0);
    assertThat(off).isNotInstanceOf(Otlp.class);
  }

  private static OtlpSettings auto(Map<String, String> values) {
    return OtlpSettings.of("auto", values);
  }
}

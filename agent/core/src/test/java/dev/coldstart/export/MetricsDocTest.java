package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.Stale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code agent/docs/metrics.md} says what {@link OtlpInstrument} says. */
class MetricsDocTest {
  private static final Map<String, String> ATTRIBUTES =
      new TreeMap<>(
          Map.of(
              OtlpInstrument.KIND,
              "`cold`, `waited`, `recold`, `restored`, `warm`",
              OtlpInstrument.PHASE,
              "a phase of the [report](report-format.md), a name of your own probes, or"
                  + " `unattributed`; at most 64, the rest is `other`",
              OtlpInstrument.ERROR,
              "class of an exception or status of an HTTP response, at most 32, else `_OTHER`; absent when the"
                  + " request did not fail",
              OtlpInstrument.PROMPT_CACHE,
              "`hit`, `primed` (a miss that wrote the cache), `expired` (a miss after a hit), `miss`,"
                  + " `unknown`",
              OtlpInstrument.MODEL,
              "the model's name; at most 32, the rest is `other`",
              OtlpInstrument.OPERATION,
              "`chat`",
              OtlpInstrument.PROVIDER,
              "`openai`, `anthropic`, ...; at most 32, the rest is `other`",
              OtlpInstrument.COST,
              "`premain`, `weaving`, `recording`, `background_cpu`",
              OtlpInstrument.DROPPED,
              "`intervals`, `notes` (facts about an interval), `requests`: each what did not fit into"
                  + " memory; `exports` (traces that did not reach the collector and will not be tried"
                  + " again)"));

  private static final String HEAD =
      """
      # Metrics

      <!-- Generated from OtlpInstrument by MetricsDocTest; do not edit. -->

      Exported once the standard `OTEL_*` variables name an endpoint or exporter, or with `otel=on`.
      Times are in seconds. Nothing here is an id, a route or a text of a user: the number of time
      series is bounded.

      """;

  private static final String MIDDLE =
      """

      The names in the second column are Prometheus' classic ones; a histogram is there as `_bucket`,
      `_sum` and `_count`. Bucket bounds, s: %s. With
      `OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION=base2_exponential_bucket_histogram`
      histograms are exponential instead, and have no fixed bounds. The `gen_ai` metric has the bounds
      its convention asks for, to 81.92 s; its name and attributes are those of the GenAI conventions
      as of September 2026.

      Values in a request's histograms lead to its trace (exemplars) where the trace was sampled.

      | attribute | values |
      |---|---|
      """;

  private static final String FOOT =
      """

      `service.name`, `service.version` and the rest of `OTEL_RESOURCE_ATTRIBUTES` are attributes of
      the resource. For a Prometheus that reads the process (`OTEL_METRICS_EXPORTER=prometheus`),
      `service_name`, `service_version` and `service_namespace` are labels of every metric as well.

      That server listens on 127.0.0.1 port 9464 (`OTEL_EXPORTER_PROMETHEUS_HOST`,
      `OTEL_EXPORTER_PROMETHEUS_PORT`) once the first request has ended, or after `export.delay`: nothing
      of it is loaded while the service starts. It answers `/metrics` as text, and as protobuf, which
      native histograms need.
      """;

  @Test
  void documentationIsGenerated() throws IOException {
    StringBuilder out = new StringBuilder(HEAD);
    out.append("| metric | in Prometheus | kind | unit | attributes | what, and when |\n");
    out.append("|---|---|---|---|---|---|\n");
    for (OtlpInstrument i : OtlpInstrument.values()) {
      out.append("| `").append(i.metric).append("` | `").append(prometheus(i)).append("` | ");
      out.append(i.form.name().toLowerCase(Locale.ROOT)).append(" | `").append(i.unit);
      out.append("` | ").append(attributes(i)).append(" | ").append(i.description);
      out.append("; ").append(i.remark.replace("error.type", "`error.type`")).append(" |\n");
    }
    String bounds = OtlpInstrument.REQUEST_DURATION.bounds().toString().replaceAll("[\\[\\]]", "");
    out.append(MIDDLE.formatted(bounds.replace(".0,", ",").replaceAll("\\.0$", "")));
    ATTRIBUTES.forEach(
        (name, values) ->
            out.append("| `").append(name).append("` | ").append(values).append(" |\n"));
    Stale.check(Path.of("../docs/metrics.md"), out.append(FOOT).toString());
  }

  @Test
  void everyAttributeIsDescribed() {
    for (OtlpInstrument instrument : OtlpInstrument.values()) {
      assertThat(ATTRIBUTES.keySet()).containsAll(instrument.attributes);
    }
  }

  static String prometheus(OtlpInstrument instrument) {
    String name = instrument.metric.replace('.', '_');
    return switch (instrument.form) {
      case COUNTER -> name + "_total";
      case GAUGE, HISTOGRAM -> name + "_seconds";
    };
  }

  private static String attributes(OtlpInstrument instrument) {
    StringBuilder all = new StringBuilder();
    for (String attribute : instrument.attributes) {
      all.append(all.isEmpty() ? "`" : ", `").append(attribute).append('`');
    }
    return all.toString();
  }
}

package dev.coldstart.export;

import static dev.coldstart.export.Decoded.attributes;
import static dev.coldstart.export.Decoded.hex;
import static dev.coldstart.export.Decoded.metric;
import static dev.coldstart.export.Decoded.named;
import static dev.coldstart.export.Decoded.point;
import static dev.coldstart.export.Decoded.trace;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.Expired;
import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Sample;
import dev.coldstart.report.WaitedFor;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OtlpTest {
  private static final long START = 1_767_225_614_200_000_000L;
  private static final long WALL = 90_000_000_017L;

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final List<Integer> unsent = new CopyOnWriteArrayList<>();
  private final RunReport cold = Sample.report("cold");

  @Test
  void tellsTheFirstRequestAsOneTraceWithItsTrueTimes() throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), cold);

      Map<String, Span> spans =
          trace(receiver, "4bf92f3577b34da6a3ce929d0e0e4736").stream()
              .collect(toMap(Span::getName, Function.identity()));
      Span root = spans.get("GET /chat");
      assertThat(spans).hasSize(6);
      assertThat(root.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
      assertThat(root.getParentSpanId().isEmpty()).isTrue();
      assertThat(root.getStartTimeUnixNano()).isEqualTo(START);
      assertThat(root.getEndTimeUnixNano()).isEqualTo(START + WALL + 640_000_000);
      assertThat(root.getEvents(0).getTimeUnixNano()).isEqualTo(START + WALL);
      assertThat(attributes(root))
          .containsEntry("coldstart.kind", "cold")
          .containsEntry("http.request.method", "GET")
          .containsEntry("http.route", "/chat")
          .containsEntry("coldstart.wall", "90.000000017");

      Span registry = spans.get("mcp tools/list");
      assertThat(registry.getParentSpanId()).isEqualTo(root.getSpanId());
      assertThat(registry.getStartTimeUnixNano()).isEqualTo(START + 1_200_000_017);
      assertThat(registry.getEndTimeUnixNano()).isEqualTo(START + 31_212_000_017L);
      assertThat(attributes(registry))
          .containsEntry("coldstart.phase", "tool_registry")
          .containsEntry("mcp.method.name", "tools/list")
          .containsEntry("coldstart.exclusive", "30.012")
          .containsEntry("coldstart.inferred", "false")
          .containsEntry("coldstart.note.tools", "212");
      assertThat(warnings).isEmpty();
    }
  }

  @Test
  void joinsTheIncomingTraceAndKeepsParentage() throws IOException {
    RunReport report = Sample.report("blocking");
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), report);

      Map<String, Span> spans =
          trace(receiver, report.requests().get(0).traceId()).stream()
              .filter(s -> !s.getName().equals("anthropic messages"))
              .collect(toMap(Span::getName, Function.identity()));
      Span root = spans.get("POST /agents/{id}/run");
      assertThat(hex(root.getParentSpanId().toByteArray())).isEqualTo("00f067aa0ba902b7");
      assertThat(root.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
      Span connect = spans.get("qdrant connect");
      assertThat(connect.getParentSpanId()).isEqualTo(spans.get("mcp initialize").getSpanId());
      assertThat(attributes(connect))
          .containsEntry("coldstart.inferred", "true")
          .containsEntry("db.system.name", "qdrant");
      assertThat(attributes(root)).containsEntry("error.type", "_OTHER");
    }
  }

  @Test
  void linksTheStartUpBothWays() throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), cold);

      Span startup = named(receiver, "startup");
      Span root = named(receiver, "GET /chat");
      assertThat(startup.getTraceId()).isNotEqualTo(root.getTraceId());
      assertThat(startup.getLinks(0).getSpanId()).isEqualTo(root.getSpanId());
      assertThat(root.getLinks(0).getSpanId()).isEqualTo(startup.getSpanId());
      assertThat(root.getLinks(0).getTraceId()).isEqualTo(startup.getTraceId());
      assertThat(startup.getStartTimeUnixNano()).isEqualTo(1_767_225_600_000_000_000L);
      assertThat(startup.getEndTimeUnixNano()).isEqualTo(START);
      assertThat(named(receiver, "langchain4j ToolSpecifications").getParentSpanId())
          .isEqualTo(startup.getSpanId());
    }
  }

  @Test
  void linksToTheInitialisationThatWasWaitedForAndToTheOneThatExpired() throws IOException {
    RunReport warm = Sample.report("warm");
    RequestReport first = warm.requests().get(0);
    RequestReport second = warm.requests().get(1);
    RequestReport waited =
        second.withKind(
            "waited",
            List.of(
                new WaitedFor("tool_registry", "mcp tools/list", "", first.id(), 2_000_000_000),
                new WaitedFor("schema_validation", "not kept", "", 4_711, 1)));
    RequestReport recold =
        second.withExpired(
            "recold",
            List.of(new Expired("tool list", "tool_registry", "mcp tools/list", 5, null)));
    for (RequestReport late : List.of(waited, recold)) {
      try (OtlpReceiver receiver = new OtlpReceiver(200)) {
        send(receiver, Map.of(), Requests.run(warm, List.of(first, late)));

        Span registry =
            trace(receiver, first.traceId()).stream()
                .filter(s -> s.getName().equals("mcp tools/list"))
                .findFirst()
                .orElseThrow();
        Span root =
            receiver.spans().stream()
                .filter(s -> late.kind().equals(attributes(s).get("coldstart.kind")))
                .filter(s -> s.getLinksCount() > 0)
                .findFirst()
                .orElseThrow();
        assertThat(root.getLinksList())
            .hasSize(2)
            .extracting(link -> attributes(link.getAttributesList()).get("coldstart.link"))
            .containsExactly("startup", late.kind().equals("waited") ? "waited_for" : "expired");
        assertThat(root.getLinks(1).getSpanId()).isEqualTo(registry.getSpanId());
        assertThat(root.getLinks(1).getTraceId()).isEqualTo(registry.getTraceId());
      }
    }
  }

  @Test
  void speaksTheOldGenAiNamesUnlessAskedForTheLatest() throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), cold);

      Span call = named(receiver, "openai chat");
      assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
      assertThat(attributes(call))
          .containsEntry("gen_ai.system", "openai")
          .containsEntry("gen_ai.request.model", "gpt-4o-mini")
          .containsEntry("gen_ai.usage.input_tokens", "6120")
          .containsEntry("gen_ai.usage.output_tokens", "88")
          .doesNotContainKey("gen_ai.provider.name");
      assertThat(receiver.metrics()).noneMatch(m -> m.getName().startsWith("gen_ai"));
    }
    Map<String, String> latest =
        Map.of("otel.semconv.stability.opt.in", "http,gen_ai_latest_experimental");
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, latest, cold);

      assertThat(attributes(named(receiver, "openai chat")))
          .containsEntry("gen_ai.provider.name", "openai")
          .containsEntry("gen_ai.usage.cache_read.input_tokens", "0")
          .containsEntry("gen_ai.response.time_to_first_chunk", "15.811")
          .doesNotContainKey("gen_ai.system");
      assertThat(metric(receiver, "gen_ai.client.inference.time_to_first_chunk")).isNotNull();
    }
  }

  @Test
  void leavesUnknownTokenCountsOut() throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), Sample.report("blocking"));

      assertThat(receiver.spans())
          .filteredOn(s -> s.getName().equals("anthropic messages"))
          .hasSize(2)
          .noneMatch(s -> attributes(s).containsKey("gen_ai.usage.input_tokens"));
    }
  }

  @Test
  void countsEveryRequestInSecondsWithBoundsUpTo300() throws IOException {
    RequestReport request = cold.requests().get(0);
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      Otlp otlp = otlp(receiver.endpoint(), Map.of());
      otlp.request(request, true);
      otlp.request(Requests.of("warm", null, 3_000_000), false);
      otlp.request(Requests.of("warm", null, 5_000_000), false);
      otlp.report(cold);
      otlp.close(TimeUnit.SECONDS.toNanos(1));

      Metric duration = metric(receiver, "coldstart.request.duration");
      assertThat(duration.getUnit()).isEqualTo("s");
      HistogramDataPoint first = point(duration, Map.of("coldstart.kind", "cold"));
      assertThat(first.getSum()).isEqualTo(90.000000017);
      assertThat(first.getExplicitBoundsList()).startsWith(0.01).endsWith(120.0, 300.0);
      assertThat(point(duration, Map.of("coldstart.kind", "warm")).getCount()).isEqualTo(2);

      Metric phases = metric(receiver, "coldstart.phase.duration");
      assertThat(
              phases.getHistogram().getDataPointsList().stream()
                  .filter(p -> attributes(p.getAttributesList()).containsValue("cold"))
                  .mapToDouble(HistogramDataPoint::getSum)
                  .sum())
          .isEqualTo(90.000000017, org.assertj.core.api.Assertions.within(1e-9));
      Metric ttft = metric(receiver, "coldstart.time_to_first_token");
      assertThat(ttft.getHistogram().getDataPointsList()).hasSize(1);
      assertThat(receiver.spans()).noneMatch(s -> attributes(s).containsValue("warm"));
    }
  }

  @Test
  void namesTheServiceUnlessTheUserDid() throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), cold);
      assertThat(attributes(receiver.resources().get(0).getAttributesList()))
          .containsEntry("service.name", "travel-agent")
          .containsKey("service.instance.id");
    }
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of("otel.service.name", "theirs"), cold);
      assertThat(attributes(receiver.resources().get(0).getAttributesList()))
          .containsEntry("service.name", "theirs");
    }
  }

  @Test
  void neverDropsAColdTraceButHonoursTheSamplerForWarmOnes() throws IOException {
    RunReport both = Sample.report("warm");
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      Otlp otlp = otlp(receiver.endpoint(), Map.of("otel.traces.sampler", "always_off"));
      both.requests().forEach(request -> otlp.request(request, true));
      otlp.report(both);
      otlp.closeWithin(TimeUnit.SECONDS.toNanos(20));

      assertThat(receiver.spans())
          .isNotEmpty()
          .allMatch(s -> !attributes(s).getOrDefault("coldstart.kind", "").equals("warm"));
    }
  }

  @Test
  void boundsTheSpansOfATraceAndSaysHowManyAreMissing() throws IOException {
    String span =
        Sample.json("cold").lines().filter(l -> l.contains("mcp tools/list")).toList().get(0);
    StringBuilder many = new StringBuilder();
    for (int id = 100; id < 5_100; id++) {
      many.append(span.replaceFirst("\"id\": 1", "\"id\": " + id)).append('\n');
    }
    RunReport report = ReportJson.read(Sample.json("cold").replace(span, many.toString()));
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, Map.of(), report);

      assertThat(trace(receiver, report.requests().get(0).traceId()))
          .hasSize(OtlpTraces.MAX_SPANS + 1);
      assertThat(attributes(named(receiver, "GET /chat")))
          .containsEntry("coldstart.dropped_spans", "1004");
    }
  }

  @Test
  void saysOneLineAndLogsNothingWhenTheCollectorRefuses() throws IOException {
    try (LogCapture log = new LogCapture();
        OtlpReceiver receiver = new OtlpReceiver(503)) {
      send(receiver, Map.of(), cold);

      assertThat(log.shown()).isEmpty();
    }
    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0)).startsWith("OTLP export failed: ").doesNotContain("\n");
  }

  @Test
  void neverDelaysTheEndOfTheProcess() throws IOException {
    try (OtlpReceiver receiver = new OtlpReceiver(0)) {
      Otlp otlp = otlp(receiver.endpoint(), Map.of());
      otlp.request(cold.requests().get(0), true);
      otlp.report(cold);

      long before = System.nanoTime();
      otlp.close(TimeUnit.SECONDS.toNanos(30));

      assertThat(System.nanoTime() - before)
          .isLessThan(Otlp.MAX_CLOSE_NANOS + TimeUnit.MILLISECONDS.toNanos(300));
    }
    // It went on trying, and loggers are the whole JVM's: else the next test is told of it.
    while (warnings.isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void survivesAConfigurationMadeForAnotherAgent() throws IOException {
    Map<String, String> values =
        Map.of(
            "otel.traces.sampler", "jaeger_remote",
            "otel.propagators", "b3,xray",
            "otel.metrics.exporter", "prometheus",
            "otel.logs.exporter", "console",
            "otel.config.file", "/nowhere.yaml");
    try (OtlpReceiver receiver = new OtlpReceiver(200)) {
      send(receiver, values, cold);

      assertThat(named(receiver, "GET /chat")).isNotNull();
      assertThat(receiver.metrics()).isEmpty();
      assertThat(warnings).isEmpty();
    }
  }

  @Test
  void saysOneLineWhenTheConfigurationIsRefused() {
    Otlp otlp = otlp("not a url", Map.of());
    otlp.request(cold.requests().get(0), true);
    otlp.report(cold);
    otlp.close(1_000_000);

    assertThat(warnings).singleElement().asString().startsWith("OTLP export failed: ");
  }

  private void send(OtlpReceiver receiver, Map<String, String> extra, RunReport report) {
    Otlp otlp = otlp(receiver.endpoint(), extra);
    report.requests().forEach(request -> otlp.request(request, true));
    otlp.report(report);
    otlp.closeWithin(TimeUnit.SECONDS.toNanos(10));
  }

  private Otlp otlp(String endpoint, Map<String, String> extra) {
    Map<String, String> values = new HashMap<>(extra);
    values.put("otel.exporter.otlp.endpoint", endpoint);
    return new Otlp(
        OtlpSettings.of("auto", values),
        "travel-agent",
        "0.1.0",
        values,
        1,
        warnings::add,
        unsent::add);
  }
}

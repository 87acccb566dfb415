package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Sample;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Over HTTP, also a collector that hangs or is overloaded. */
class OtlpFaultTest extends CollectorFaults {
  @Override
  Receiver receiver(InetSocketAddress address, int... statuses) throws IOException {
    return new OtlpReceiver(address, statuses);
  }

  @Override
  int taken() {
    return OtlpReceiver.OK;
  }

  @Override
  int refused() {
    return 400;
  }

  @Override
  Map<String, String> collector(String url) {
    return Map.of("otel.exporter.otlp.traces.endpoint", url + "/v1/traces");
  }

  @Test
  void leavesAnOverloadedCollectorAloneAsLongAsItAsks() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver(503, 200)) {
      send(receiver.address());
      assertThat(receiver.awaitSpans(SPANS)).hasSize(SPANS);

      List<Long> calls = receiver.callNanos();
      assertThat(calls.get(1) - calls.get(0)).isGreaterThanOrEqualTo(TimeUnit.SECONDS.toNanos(2));
    }
  }

  @Test
  void triesAgainWhenNoAnswerComes() throws Exception {
    try (OtlpReceiver receiver = new OtlpReceiver(0, 200)) {
      send(receiver.address());

      assertThat(receiver.awaitSpans(SPANS)).hasSize(SPANS);
    }
  }

  @Test
  void sendsTheSameIdsFromTheReportLater() throws Exception {
    for (String sample : List.of("cold", "blocking", "warm")) {
      RunReport run = Sample.report(sample);
      Set<String> live;
      Set<String> later;
      try (OtlpReceiver receiver = new OtlpReceiver(200)) {
        Otlp otlp = otlp(receiver.address());
        RunReport before = Requests.run(run, run.requests().subList(0, 1));
        otlp.request(run.requests().get(0), true);
        otlp.report(before);
        for (RequestReport request : run.requests().subList(1, run.requests().size())) {
          otlp.request(request, true);
        }
        otlp.report(run);
        otlp.closeWithin(TimeUnit.SECONDS.toNanos(10));
        live = ids(receiver);
      }
      try (OtlpReceiver receiver = new OtlpReceiver(200)) {
        String endpoint = receiver.endpoint();
        assertThat(SavedRun.send(run, endpoint, "0", TimeUnit.SECONDS.toNanos(10))).isEmpty();
        later = ids(receiver);
      }
      assertThat(later).as(sample).isEqualTo(live).isNotEmpty();
    }
  }

  private static Set<String> ids(OtlpReceiver receiver) {
    List<Span> spans = receiver.spans();
    Set<String> ids =
        spans.stream()
            .map(
                s ->
                    Decoded.hex(s.getTraceId().toByteArray())
                        + Decoded.hex(s.getParentSpanId().toByteArray())
                        + Decoded.hex(s.getSpanId().toByteArray()))
            .collect(Collectors.toSet());
    assertThat(ids).as("no id twice").hasSameSizeAs(spans);
    return ids;
  }
}

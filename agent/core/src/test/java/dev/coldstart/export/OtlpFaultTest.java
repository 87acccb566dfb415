package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Sample;
import io.opentelemetry.proto.trace.v1.Span;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A collector that refuses, resets, hangs, is overloaded, or comes late gets everything. */
@Timeout(60)
class OtlpFaultTest {
  private static final int SPANS = 11;

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final List<Integer> unsent = new CopyOnWriteArrayList<>();
  private int timeoutMillis = 500;
  private final RunReport cold = Sample.report("cold");

  @AfterEach
  void forgetProperties() {
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith("otel."));
  }

  @Test
  void sendsWhatACollectorThatComesLateMissed() throws Exception {
    InetSocketAddress address;
    try (OtlpReceiver early = new OtlpReceiver(200)) {
      address = early.address();
    }
    Otlp otlp = send(address);
    while (warnings.isEmpty()) {
      Thread.onSpinWait();
    }
    try (OtlpReceiver receiver = new OtlpReceiver(address, 200)) {
      assertThat(receiver.awaitSpans(SPANS)).hasSize(SPANS);
      otlp.close(TimeUnit.SECONDS.toNanos(1));
    }
    assertThat(warnings).hasSize(1);
    assertThat(unsent).isEmpty();
  }

  @Test
  void survivesAResetAndARestart() throws Exception {
    InetSocketAddress address;
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      address = (InetSocketAddress) server.getLocalSocketAddress();
      Otlp otlp = send(address);
      assertThat(otlp).isNotNull();
      while (warnings.isEmpty()) {
        try (Socket connection = server.accept()) {
          connection.setSoLinger(true, 0);
        }
      }
    }
    try (OtlpReceiver receiver = new OtlpReceiver(address, 200)) {
      assertThat(receiver.awaitSpans(SPANS)).hasSize(SPANS);
    }
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
  void doesNotRepeatWhatIsRefusedAndSaysSoAtTheEnd() throws Exception {
    timeoutMillis = 20_000;
    try (OtlpReceiver receiver = new OtlpReceiver(400)) {
      Otlp otlp = send(receiver.address());
      assertThat(receiver.awaitCalls(2)).isTrue();
      otlp.close(TimeUnit.SECONDS.toNanos(1));

      assertThat(receiver.calls()).as("the request and the start-up, once").isEqualTo(2);
    }
    assertThat(unsent).containsExactly(2);
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

  private Otlp send(InetSocketAddress address) {
    Otlp otlp = otlp(address);
    otlp.request(cold.requests().get(0), true);
    otlp.report(cold);
    return otlp;
  }

  private Otlp otlp(InetSocketAddress address) {
    Map<String, String> values = new HashMap<>();
    values.put(
        "otel.exporter.otlp.traces.endpoint",
        "http://127.0.0.1:" + address.getPort() + "/v1/traces");
    values.put("otel.exporter.otlp.timeout", String.valueOf(timeoutMillis));
    return new Otlp(
        OtlpSettings.of("auto", values),
        "travel-agent",
        "0.1.0",
        values,
        OtlpOutbox.FOR_EVER,
        warnings::add,
        unsent::add);
  }
}

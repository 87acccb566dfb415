package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RunReport;
import dev.coldstart.report.Sample;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As {@link OtlpFaultTest}, over gRPC. */
@Timeout(60)
class OtlpGrpcFaultTest {
  private static final int SPANS = 11;

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final List<Integer> unsent = new CopyOnWriteArrayList<>();
  private int timeoutMillis = 500;
  private final LogCapture log = new LogCapture();

  @AfterEach
  void nothingOfTheSdkIsLogged() {
    // The stand-in logs, too: on OkHttp's logger.
    assertThat(log.shown()).noneMatch(line -> line.startsWith("io.opentelemetry."));
    log.close();
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith("otel."));
  }

  @Test
  void sendsWhatACollectorThatComesLateMissed() throws Exception {
    InetSocketAddress address;
    try (GrpcReceiver early = new GrpcReceiver(GrpcReceiver.OK)) {
      address = early.address();
    }
    Otlp otlp = send(address);
    while (warnings.isEmpty()) {
      Thread.onSpinWait();
    }
    try (GrpcReceiver receiver = new GrpcReceiver(address, null, GrpcReceiver.OK)) {
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
      assertThat(send(address)).isNotNull();
      while (warnings.isEmpty()) {
        try (Socket connection = server.accept()) {
          connection.setSoLinger(true, 0);
        }
      }
    }
    try (GrpcReceiver receiver = new GrpcReceiver(address, null, GrpcReceiver.OK)) {
      assertThat(receiver.awaitSpans(SPANS)).hasSize(SPANS);
    }
  }

  @Test
  void triesAgainWhenItIsUnavailableOrDoesNotAnswer() throws Exception {
    for (int fault : List.of(GrpcReceiver.UNAVAILABLE, GrpcReceiver.HTTP_503, GrpcReceiver.HANG)) {
      try (GrpcReceiver receiver = new GrpcReceiver(fault, GrpcReceiver.OK)) {
        Otlp otlp = send(receiver.address());
        assertThat(receiver.awaitSpans(SPANS)).as("after %s", fault).hasSize(SPANS);

        assertThat(receiver.calls()).as("the fault, then what is there").isGreaterThan(2);
        assertThat(otlp.closeWithin(TimeUnit.SECONDS.toNanos(20))).as("all was taken").isTrue();
      }
    }
  }

  @Test
  void doesNotRepeatWhatIsRefusedAndSaysSoAtTheEnd() throws Exception {
    timeoutMillis = 20_000;
    try (GrpcReceiver receiver = new GrpcReceiver(GrpcReceiver.INVALID_ARGUMENT)) {
      Otlp otlp = send(receiver.address());
      otlp.closeWithin(TimeUnit.SECONDS.toNanos(20));
      otlp.outOfTime();

      assertThat(receiver.calls()).as("the request and the start-up, once").isEqualTo(2);
    }
    assertThat(unsent).containsExactly(2);
  }

  /** What has been without an answer for long gets none within the milliseconds that are left. */
  @Test
  void endsAtOnceWhenItHasNotAnsweredForLong() throws Exception {
    timeoutMillis = 20_000;
    try (GrpcReceiver receiver = new GrpcReceiver(GrpcReceiver.HANG)) {
      Otlp otlp = send(receiver.address());
      while (receiver.calls() == 0) {
        Thread.onSpinWait();
      }
      long asked = System.nanoTime();
      long patience = TimeUnit.MILLISECONDS.toNanos(600);
      while (System.nanoTime() - asked < patience) {
        Thread.onSpinWait();
      }
      long begin = System.nanoTime();
      otlp.closeWithin(TimeUnit.SECONDS.toNanos(20));

      assertThat(System.nanoTime() - begin).isLessThan(TimeUnit.SECONDS.toNanos(2));
      otlp.outOfTime();
    }
    assertThat(unsent).containsExactly(2);
  }

  private Otlp send(InetSocketAddress address) {
    Map<String, String> values = new HashMap<>();
    values.put("otel.traces.exporter", "otlp");
    values.put("otel.exporter.otlp.traces.endpoint", "http://127.0.0.1:" + address.getPort());
    values.put("otel.exporter.otlp.protocol", "grpc");
    values.put("otel.exporter.otlp.timeout", String.valueOf(timeoutMillis));
    Otlp otlp =
        new Otlp(
            OtlpSettings.of("auto", values),
            "travel-agent",
            "0.1.0",
            values,
            OtlpOutbox.FOR_EVER,
            warnings::add,
            unsent::add);
    RunReport cold = Sample.report("cold");
    otlp.request(cold.requests().get(0), true);
    otlp.report(cold);
    return otlp;
  }
}

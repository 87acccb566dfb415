package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Over gRPC, also with a proxy before it, and nothing is logged. */
class OtlpGrpcFaultTest extends CollectorFaults {
  private final LogCapture log = new LogCapture();

  @Override
  Receiver receiver(InetSocketAddress address, int... statuses) throws IOException {
    return new GrpcReceiver(address, null, statuses);
  }

  @Override
  int taken() {
    return GrpcReceiver.OK;
  }

  @Override
  int refused() {
    return GrpcReceiver.INVALID_ARGUMENT;
  }

  @Override
  Map<String, String> collector(String url) {
    return Map.of(
        "otel.traces.exporter", "otlp",
        "otel.exporter.otlp.traces.endpoint", url,
        "otel.exporter.otlp.protocol", "grpc");
  }

  @AfterEach
  void nothingOfTheSdkIsLogged() {
    // The stand-in logs, too: on OkHttp's logger.
    assertThat(log.shown()).noneMatch(line -> line.startsWith("io.opentelemetry."));
    log.close();
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
}

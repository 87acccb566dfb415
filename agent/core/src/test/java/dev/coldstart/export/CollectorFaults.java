package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RunReport;
import dev.coldstart.report.Sample;
import java.io.IOException;
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

/** A collector that comes late, resets or refuses gets everything, over each transport. */
@Timeout(60)
abstract class CollectorFaults {
  static final int SPANS = 11;

  final List<String> warnings = new CopyOnWriteArrayList<>();
  final List<Integer> unsent = new CopyOnWriteArrayList<>();
  int timeoutMillis = 500;
  private final RunReport cold = Sample.report("cold");

  /** A collector at an address that answers so; port 0 for any. */
  abstract Receiver receiver(InetSocketAddress address, int... statuses) throws IOException;

  /** The status with which it takes what it gets. */
  abstract int taken();

  /** One that says that trying again is of no use. */
  abstract int refused();

  /** How it is named as the collector. */
  abstract Map<String, String> collector(String url);

  @AfterEach
  void forgetProperties() {
    System.getProperties().keySet().removeIf(key -> key.toString().startsWith("otel."));
  }

  @Test
  void sendsWhatACollectorThatComesLateMissed() throws Exception {
    InetSocketAddress address;
    try (Receiver early = receiver(anyPort(), taken())) {
      address = early.address();
    }
    Otlp otlp = send(address);
    while (warnings.isEmpty()) {
      Thread.onSpinWait();
    }
    try (Receiver receiver = receiver(address, taken())) {
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
    try (Receiver receiver = receiver(address, taken())) {
      assertThat(receiver.awaitSpans(SPANS)).hasSize(SPANS);
    }
  }

  @Test
  void doesNotRepeatWhatIsRefusedAndSaysSoAtTheEnd() throws Exception {
    timeoutMillis = 20_000;
    try (Receiver receiver = receiver(anyPort(), refused())) {
      Otlp otlp = send(receiver.address());
      assertThat(receiver.awaitCalls(2)).isTrue();
      otlp.close(TimeUnit.SECONDS.toNanos(20));

      assertThat(receiver.calls()).as("the request and the start-up, once").isEqualTo(2);
    }
    assertThat(unsent).containsExactly(2);
  }

  static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Sends a request and the start-up. */
  final Otlp send(InetSocketAddress address) {
    Otlp otlp = otlp(address);
    otlp.request(cold.requests().get(0), true);
    otlp.report(cold);
    return otlp;
  }

  final Otlp otlp(InetSocketAddress address) {
    Map<String, String> values = new HashMap<>(collector("http://127.0.0.1:" + address.getPort()));
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

package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners of Spring AMQP in both containers, on a broker that speaks AMQP 0-9-1. */
class SpringRabbitIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"spring-rabbit", "spring-rabbit2"})
  void eachMessageIsARequest(String set) {
    Deliveries deliveries = new Deliveries("amqp");
    deliveries.send("orders/words", "orders/throws", "orders/last");
    deliveries.together("parallel");
    deliveries.send("direct/plain", "direct/throws", "later/plain", "later/throws");
    deliveries.send("mono/plain", "mono/throws", "batches/one");
    RunReport report = deliveries.play(set, "RabbitApp", folder);
    assertThat(report.agent().libraries()).contains("spring-rabbit", "spring-messaging");
    assertThat(report.startup().readySignal()).isEqualTo("RabbitMQ consumer started");
    deliveries.joined("orders/plain", "orders/last", "direct/plain", "later/plain", "mono/plain");
    deliveries.apart("batches/one");
    deliveries.unseen("orders");
    deliveries.waitedFor("later/plain", "later/throws", "mono/plain", "mono/throws");
    deliveries.failed("orders/throws", "direct/throws", "later/throws", "mono/throws");
  }
}

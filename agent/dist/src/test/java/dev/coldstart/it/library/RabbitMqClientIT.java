package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Consumers of the plain RabbitMQ client, on a broker that speaks AMQP 0-9-1. */
class RabbitMqClientIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"spring-rabbit", "spring-rabbit2"})
  void eachMessageIsARequest(String set) {
    Deliveries deliveries = new Deliveries("amqp");
    deliveries.send("orders/words", "orders/last");
    deliveries.together("parallel");
    // A consumer that throws loses its channel: these come last.
    deliveries.send("own/plain", "own/throws", "orders/throws");
    RunReport report = deliveries.play(set, "RabbitClientApp", folder);
    assertThat(report.agent().libraries()).contains("rabbitmq-client");
    assertThat(report.startup().readySignal()).isEqualTo("RabbitMQ consumer started");
    deliveries.joined("orders/plain", "orders/last", "own/plain");
    deliveries.unseen("orders");
    deliveries.failed("own/throws", "orders/throws");
  }
}

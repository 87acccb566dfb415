package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners of Spring for Kafka on a real broker: records, batches and answers that come later. */
class SpringKafkaIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"spring-kafka", "spring-kafka2"})
  void eachMessageIsARequest(String set) {
    Deliveries deliveries = new Deliveries("kafka");
    deliveries.send("orders/words", "orders/throws", "orders/last");
    deliveries.together("parallel");
    deliveries.send("batches/one", "records/one", "later/plain", "later/throws");
    RunReport report = deliveries.play(set, "KafkaApp", folder);
    assertThat(report.agent().libraries()).contains("spring-kafka", "spring-messaging");
    assertThat(report.startup().readySignal()).isEqualTo("Kafka listener started");
    deliveries.joined("orders/plain", "orders/last", "later/plain");
    deliveries.apart("batches/one", "records/one");
    deliveries.unseen("orders");
    deliveries.waitedFor("later/plain", "later/throws");
    deliveries.failed("orders/throws", "later/throws");
  }
}

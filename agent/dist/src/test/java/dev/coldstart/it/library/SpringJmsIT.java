package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listeners of Spring JMS on ActiveMQ: queues and topics, messages pulled and pushed. */
class SpringJmsIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"spring-jms", "spring-jms2"})
  void eachMessageIsARequest(String set) {
    Deliveries deliveries = new Deliveries("jms");
    deliveries.send("orders/words", "orders/throws", "orders/last");
    deliveries.together("parallel");
    deliveries.send("news/plain", "pushed/plain", "pushed/last");
    RunReport report = deliveries.play(set, "JmsApp", folder);
    assertThat(report.agent().libraries()).contains("spring-jms");
    assertThat(report.startup().readySignal()).isEqualTo("JMS listener started");
    deliveries.joined("orders/plain", "orders/last", "news/plain", "pushed/plain", "pushed/last");
    deliveries.unseen("orders");
    deliveries.failed("orders/throws");
  }
}

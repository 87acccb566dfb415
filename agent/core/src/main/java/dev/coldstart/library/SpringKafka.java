package dev.coldstart.library;

import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.MessageEntry;
import dev.coldstart.weave.Probe;
import java.util.List;

/**
 * Records of Kafka as Spring's containers give them to listeners: each is a request, so is each
 * batch. The poll loop of the plain client has no method that handles a record: there the user
 * names one.
 */
public final class SpringKafka implements Library {
  private static final String LISTENER = "org.springframework.kafka.listener.";
  private static final String CONSUMER =
      LISTENER + "KafkaMessageListenerContainer$ListenerConsumer";

  @Override
  public String name() {
    return "spring-kafka";
  }

  @Override
  public String testedVersions() {
    return "3.3.11, 4.0.0";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.loop(CONSUMER, "run"),
        Probe.read(
            CONSUMER,
            "doInvokeOnMessage",
            MessageEntry.of(
                "kafka",
                At.argument(0, "topic"),
                null,
                At.argument(0, "headers", "lastHeader:traceparent", "value"))),
        Probe.read(
            CONSUMER,
            "invokeBatchOnMessageWithRecordsOrList",
            MessageEntry.of("kafka", At.argument(0, "iterator", "next", "topic"), null, null)),
        MessageEntry.ready(
            "Kafka listener started", LISTENER + "AbstractMessageListenerContainer", "start"));
  }
}

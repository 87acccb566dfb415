package dev.coldstart.library;

import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.MessageEntry;
import dev.coldstart.weave.Probe;
import java.util.List;

/** Messages that the containers of Spring AMQP give to listeners, with all that is retried. */
public final class SpringRabbit implements Library {
  private static final String LISTENER = "org.springframework.amqp.rabbit.listener.";

  @Override
  public String name() {
    return "spring-rabbit";
  }

  @Override
  public String testedVersions() {
    return "3.2.8, 4.0.0";
  }

  @Override
  public List<Probe> probes() {
    String message = "getMessageProperties";
    return List.of(
        Probe.loop(
            LISTENER + "SimpleMessageListenerContainer$AsyncMessageProcessingConsumer", "run"),
        Probe.read(
            LISTENER + "AbstractMessageListenerContainer",
            "invokeListener",
            MessageEntry.of(
                "amqp",
                At.argument(1, message, "getConsumerQueue"),
                null,
                At.argument(1, message, "getHeader:traceparent"))));
  }
}

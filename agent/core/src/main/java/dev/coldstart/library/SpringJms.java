package dev.coldstart.library;

import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.MessageEntry;
import dev.coldstart.weave.Probe;
import java.util.List;

/** Messages that Spring's JMS containers give to listeners, whatever the broker. */
public final class SpringJms implements Library {
  private static final String LISTENER = "org.springframework.jms.listener.";

  @Override
  public String name() {
    return "spring-jms";
  }

  @Override
  public String testedVersions() {
    return "6.2.19, 7.0.2";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.loop(LISTENER + "DefaultMessageListenerContainer$AsyncMessageListenerInvoker", "run"),
        Probe.read(
            LISTENER + "AbstractMessageListenerContainer",
            "invokeListener",
            MessageEntry.of(
                "jms",
                At.argument(1, "getJMSDestination", "getQueueName"),
                At.argument(1, "getJMSDestination", "getTopicName"),
                At.argument(1, "getStringProperty:traceparent"))),
        MessageEntry.ready(
            "JMS listener started", LISTENER + "AbstractJmsListeningContainer", "start"));
  }
}

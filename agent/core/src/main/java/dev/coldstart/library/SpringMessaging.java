package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.MessageEntry;
import dev.coldstart.weave.Probe;
import java.util.List;

/**
 * What annotated listeners of Spring's message containers return: where it is a future or a Mono
 * that the container waits for, the request of the message ends with it.
 */
public final class SpringMessaging implements Library {
  @Override
  public String name() {
    return "spring-messaging";
  }

  @Override
  public String testedVersions() {
    return "6.2, 7.0";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        MessageEntry.answers(
            "org.springframework.messaging.handler.invocation.InvocableHandlerMethod", "invoke"));
  }
}

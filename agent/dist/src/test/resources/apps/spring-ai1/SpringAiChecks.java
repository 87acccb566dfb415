package dev.coldstart.it.app;

import java.util.List;
import org.springframework.ai.chat.client.advisor.api.Advisor;

/** Spring AI 1.0 has nothing to check answers of models. */
final class SpringAiChecks {
  private SpringAiChecks() {}

  static List<Advisor> of(Class<?> output) {
    return List.of();
  }
}

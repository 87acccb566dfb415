package dev.coldstart.it.app;

import java.util.List;
import org.springframework.ai.chat.client.advisor.StructuredOutputValidationAdvisor;
import org.springframework.ai.chat.client.advisor.api.Advisor;

/** What Spring AI has to check answers of models. */
final class SpringAiChecks {
  private SpringAiChecks() {}

  /** Asks once more when an answer is no such output. */
  static List<Advisor> of(Class<?> output) {
    return List.of(
        StructuredOutputValidationAdvisor.builder().outputType(output).maxRepeatAttempts(1).build());
  }
}

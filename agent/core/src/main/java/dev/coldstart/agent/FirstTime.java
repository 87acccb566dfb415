package dev.coldstart.agent;

import dev.coldstart.phase.Interval;
import dev.coldstart.phase.Phase;
import java.util.Set;

/** Tells work that is normally done once from what every request does. */
final class FirstTime {
  /**
   * Every request asks for embeddings; loading the model and its first text are first-time work.
   */
  private static final Set<String> EMBEDDINGS = Set.of("embedding call", "embedding: text");

  private FirstTime() {}

  static boolean is(Interval interval) {
    return is(interval.phase(), interval.name());
  }

  static boolean is(String phase, String name) {
    return Phase.prepares(phase) && !EMBEDDINGS.contains(name);
  }

  /** Whether a model is at work: nobody waits for a lock meanwhile. */
  static boolean asksModel(Interval interval) {
    String phase = interval.phase();
    return phase.equals(Phase.LLM_TTFT.id())
        || phase.equals(Phase.LLM_GENERATION.id())
        || phase.equals(Phase.EMBEDDING.id());
  }
}

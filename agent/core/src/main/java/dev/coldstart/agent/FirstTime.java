package dev.coldstart.agent;

import dev.coldstart.phase.Interval;
import dev.coldstart.phase.Phase;

/** Tells work that is normally done once from what every request does. */
final class FirstTime {
  /** An embedding is asked for in every request; only loading the model is first-time work. */
  private static final String EMBEDDING_CALL = "embedding call";

  private FirstTime() {}

  static boolean is(Interval interval) {
    return is(interval.phase(), interval.name());
  }

  static boolean is(String phase, String name) {
    return Phase.prepares(phase) && !name.equals(EMBEDDING_CALL);
  }

  /** Whether a model is at work: nobody waits for a lock meanwhile. */
  static boolean asksModel(Interval interval) {
    String phase = interval.phase();
    return phase.equals(Phase.LLM_TTFT.id())
        || phase.equals(Phase.LLM_GENERATION.id())
        || phase.equals(Phase.EMBEDDING.id());
  }
}

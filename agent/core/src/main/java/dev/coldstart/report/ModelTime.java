package dev.coldstart.report;

import dev.coldstart.phase.Phase;

/** Whose the time was that a request waited for its models. */
final class ModelTime {
  /** Until the first token, with what a prompt-cache miss is estimated to have cost; ns. */
  static long nanos(RequestReport request) {
    return request.exclusiveNanos(Phase.LLM_TTFT.id())
        + request.exclusiveNanos(Phase.PROMPT_CACHE.id());
  }

  /**
   * The part of it that was not spent waiting for a server, ns: the model's client at work in this
   * process, mostly for the first time. Null when that is unknown of a call, or when calls ran side
   * by side and their waits do not add up.
   */
  static Long clientNanos(RequestReport request) {
    long waited = 0;
    for (LlmCall call : request.llm()) {
      if (call.waitNanos() == null) {
        return null;
      }
      waited += call.waitNanos();
    }
    return waited == 0 || waited > nanos(request) ? null : (Long) (nanos(request) - waited);
  }

  private ModelTime() {}
}

package dev.coldstart.report;

/**
 * One call of a model. Null always means unknown, never 0.
 *
 * @param span id of the span that timed it
 * @param system provider ("openai"), "unknown" if it could not be told
 * @param model model name, null when not read
 * @param streaming whether the answer was streamed
 * @param startNanos handed to the model client, ns since the start of the request
 * @param ttftNanos until the first content token; for a call that is not streamed, until the
 *     response; null when none came
 * @param firstToolCallNanos until the first tool call of a tool-call answer, null when none
 * @param waitNanos part of the time to the first token or tool call spent on the wire: from the
 *     request leaving for the HTTP client to the arrival of the bytes with it; null when the
 *     transport is not one the agent watches
 * @param durationNanos until the end of the answer, null while open
 * @param promptCache "hit"; "primed": a miss that wrote the cache; "expired": a miss after a hit of
 *     the same route, position in the request and model; "miss"; "unknown"
 * @param cacheIdleNanos from the end of that hit to an expired call, null for any other
 * @param inputTokens all prompt tokens, those of the cache included
 * @param cachedTokens prompt tokens read from the provider's cache
 * @param cacheWriteTokens prompt tokens written to the provider's cache
 * @param outputTokens answer tokens
 * @param modelLoadNanos time the server said it took to load the model (Ollama), null when not told
 * @param attempts how often the client sent the request: more than 1 when it repeated one that had
 *     failed, which is in the time to the first token; null when its transport is not watched
 * @param failed ended by an exception
 */
public record LlmCall(
    int span,
    String system,
    String model,
    boolean streaming,
    long startNanos,
    Long ttftNanos,
    Long firstToolCallNanos,
    Long waitNanos,
    Long durationNanos,
    String promptCache,
    Long cacheIdleNanos,
    Long inputTokens,
    Long cachedTokens,
    Long cacheWriteTokens,
    Long outputTokens,
    Long modelLoadNanos,
    Integer attempts,
    boolean failed) {

  /** Whether it is known that nothing was read from the cache. */
  public boolean missedCache() {
    return switch (promptCache) {
      case "miss", "primed", "expired" -> true;
      default -> false;
    };
  }
}

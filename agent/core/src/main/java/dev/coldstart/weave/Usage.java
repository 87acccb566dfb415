package dev.coldstart.weave;

/**
 * What a provider said one call used. Null always means unknown, never 0.
 *
 * @param inputTokens all prompt tokens, also those that were read from or written to the cache
 * @param cachedTokens those read from the provider's prompt cache
 * @param cacheWriteTokens those written to it
 * @param outputTokens answer tokens
 * @param modelLoadNanos time the server took to load the model, ns
 */
public record Usage(
    Long inputTokens,
    Long cachedTokens,
    Long cacheWriteTokens,
    Long outputTokens,
    Long modelLoadNanos) {

  /** Nobody said anything. */
  public static final Usage UNKNOWN = new Usage(null, null, null, null, null);

  /** Reads the usage object of a provider, later and on the agent's thread. */
  public interface Reader {
    /** The application's object as counts. */
    Usage read(Object source);
  }

  /** Of a provider whose count of input lacks what its cache has to do with. */
  public static Usage withCacheApart(Long fresh, Long cached, Long written, Long output) {
    Long input = fresh;
    if (input != null) {
      input += (cached == null ? 0 : cached) + (written == null ? 0 : written);
    }
    return new Usage(input, cached, written, output, null);
  }

  /** This, with whatever a later message of the same call tells; its input never gets less. */
  Usage with(Usage later) {
    boolean less =
        later.inputTokens != null && inputTokens != null && later.inputTokens < inputTokens;
    return new Usage(
        less ? inputTokens : known(later.inputTokens, inputTokens),
        known(later.cachedTokens, cachedTokens),
        known(later.cacheWriteTokens, cacheWriteTokens),
        known(later.outputTokens, outputTokens),
        known(later.modelLoadNanos, modelLoadNanos));
  }

  private static Long known(Long later, Long earlier) {
    return later != null ? later : earlier;
  }
}

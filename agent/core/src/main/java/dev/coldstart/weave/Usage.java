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

  /**
   * Of a provider that counts in {@code uncached} only what was neither read from its cache nor
   * written to it (Anthropic, Bedrock).
   */
  public static Usage withCacheApart(Long uncached, Long cached, Long written, Long output) {
    Long input = uncached == null ? null : (Long) (uncached + known(cached) + known(written));
    return new Usage(input, cached, written, output, null);
  }

  /** Of a provider that tells how much it read from its cache, but not what it wrote. */
  public static Usage of(Long input, Long cached, Long output) {
    return new Usage(input, cached, null, output, null);
  }

  private static long known(Long count) {
    return count == null ? 0 : count;
  }
}

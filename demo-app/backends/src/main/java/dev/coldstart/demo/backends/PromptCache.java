package dev.coldstart.demo.backends;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The prompt-cache rules of a hosted model: a prefix is cached once a call that missed has been
 * served, a hit renews it, and it expires after a time without use.
 */
final class PromptCache {
  private final Map<String, Long> lastUse = new ConcurrentHashMap<>();
  private final long ttlNs;
  private final LongSupplier nanoClock;

  PromptCache(Duration ttl, LongSupplier nanoClock) {
    this.ttlNs = ttl.toNanos();
    this.nanoClock = nanoClock;
  }

  boolean hit(String prefixKey) {
    long now = nanoClock.getAsLong();
    Long renewed =
        lastUse.computeIfPresent(prefixKey, (k, used) -> now - used > ttlNs ? null : now);
    return renewed != null;
  }

  /** Called when a miss has been paid for, not before: calls in flight together all miss. */
  void prime(String prefixKey) {
    lastUse.put(prefixKey, nanoClock.getAsLong());
  }

  void clear() {
    lastUse.clear();
  }
}

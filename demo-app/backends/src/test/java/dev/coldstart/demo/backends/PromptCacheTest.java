package dev.coldstart.demo.backends;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PromptCacheTest {
  private final AtomicLong now = new AtomicLong();
  private final PromptCache cache = new PromptCache(Duration.ofSeconds(10), now::get);

  @Test
  void missesUntilPrimed() {
    assertThat(cache.hit("a")).isFalse();
    assertThat(cache.hit("a")).isFalse();
    cache.prime("a");
    assertThat(cache.hit("a")).isTrue();
    assertThat(cache.hit("b")).isFalse();
  }

  @Test
  void aHitRenewsAndIdlenessExpires() {
    cache.prime("a");
    advanceSeconds(9);
    assertThat(cache.hit("a")).isTrue();
    advanceSeconds(9);
    assertThat(cache.hit("a")).isTrue();
    advanceSeconds(11);
    assertThat(cache.hit("a")).isFalse();
  }

  @Test
  void clearForgets() {
    cache.prime("a");
    cache.clear();
    assertThat(cache.hit("a")).isFalse();
  }

  private void advanceSeconds(long seconds) {
    now.addAndGet(Duration.ofSeconds(seconds).toNanos());
  }
}

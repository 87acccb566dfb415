package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Hook;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class PublisherWatchTest {
  private final Listening listener = new Listening();
  private final List<String> seen = listener.seen;

  @Test
  void seesASubscription() {
    Flux flux = new Flux() {};
    ((Flux) PublisherWatch.of(flux, listener)).run(false, "a", "b");

    assertThat(seen).containsExactly("subscribed", "next a", "next b", "completed");
  }

  @Test
  void aRetryThatCompletesHasNotFailed() {
    Flux watched = (Flux) PublisherWatch.of(new Flux(), listener);
    watched.run(true);
    watched.run(false);

    assertThat(seen).containsExactly("subscribed", "failed", "subscribed", "completed");
  }

  @Test
  void cancellingAWatchedFutureCancelsTheOriginalOne() {
    CompletableFuture<String> original = new CompletableFuture<>();
    CompletableFuture<?> watched = (CompletableFuture<?>) PublisherWatch.of(original, listener);
    watched.cancel(true);

    assertThat(original).isCancelled();
    assertThat(seen).containsExactly("subscribed", "failed");
  }

  @Test
  void aFutureIsToldOfOnce() {
    CompletableFuture<String> original = new CompletableFuture<>();
    CompletableFuture<?> watched = (CompletableFuture<?>) PublisherWatch.of(original, listener);
    original.complete("a");

    assertThat(watched).isCompletedWithValueMatching("a"::equals);
    assertThat(seen).containsExactly("subscribed", "next a", "completed");
  }

  @Test
  void whatIsNoPublisherIsGivenBack() {
    assertThat(PublisherWatch.of(null, listener)).isNull();
    assertThat(PublisherWatch.of("text", listener)).isEqualTo("text");
  }

  @Test
  void aListenerThatThrowsIsCountedAndTheStreamGoesOn() {
    int before = Hook.FAILURES.get();
    PublisherWatch.Listener broken = Listening.throwing(IllegalStateException::new);
    ((Flux) PublisherWatch.of(new Flux(), broken)).run(true, "a");

    assertThat(Hook.FAILURES.get() - before).isEqualTo(3);
  }
}

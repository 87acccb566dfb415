package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Hook;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
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
  void whatGoesWrongIsTheSameForWhoeverLooksAtTheFuture() {
    CompletableFuture<String> original = new CompletableFuture<>();
    CompletableFuture<?> watched = (CompletableFuture<?>) PublisherWatch.of(original, listener);
    AtomicReference<Throwable> met = new AtomicReference<>();
    CompletableFuture<?> looking = watched.whenComplete((value, thrown) -> met.set(thrown));
    IllegalStateException problem = new IllegalStateException();
    original.completeExceptionally(problem);

    assertThat(met.get()).as("not one that wraps it").isSameAs(problem);
    assertThat(looking).isCompletedExceptionally();
  }

  @Test
  void aCancelledFutureIsOneForWhoeverLooksAtIt() {
    CompletableFuture<String> original = new CompletableFuture<>();
    CompletableFuture<?> watched = (CompletableFuture<?>) PublisherWatch.of(original, listener);
    original.cancel(true);

    assertThat(watched.isCancelled()).isTrue();
  }

  @Test
  void aStageThatMayNotBeCompletedIsWatchedToo() {
    CompletionStage<String> stage = CompletableFuture.completedStage("done");
    CompletionStage<?> watched = (CompletionStage<?>) PublisherWatch.of(stage, listener);

    assertThat(watched.toCompletableFuture().join()).isEqualTo("done");
    assertThat(seen).containsExactly("subscribed", "next done", "completed");
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

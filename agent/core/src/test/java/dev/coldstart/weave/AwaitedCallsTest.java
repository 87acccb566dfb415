package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AwaitedCallsTest {
  private final CompletableFuture<Object> future = new CompletableFuture<>();
  private final ModelCall call = ModelCall.detached("openai", true, System.nanoTime());

  @Test
  void theResultStandsForTheCallOnce() {
    AwaitedCalls.put(future, call);
    Object result = new Object();
    assertThat(AwaitedCalls.take(result)).as("not there yet").isNull();
    future.complete(result);

    assertThat(AwaitedCalls.take(new Object())).isNull();
    assertThat(AwaitedCalls.take(result)).isSameAs(call);
    assertThat(AwaitedCalls.take(result)).as("taken").isNull();
    assertThat(call.endedNanos()).as("its answer goes on").isZero();
  }

  @Test
  void isFoundInAStageThatWasAddedBefore() {
    Object result = new Object();
    ModelCall[] found = new ModelCall[1];
    CompletableFuture<Void> early = future.thenAccept(r -> found[0] = AwaitedCalls.take(r));
    AwaitedCalls.put(future, call);
    future.complete(result);

    assertThat(early).isCompleted();
    assertThat(found[0]).isSameAs(call);
  }

  @Test
  void callsAreToldApart() {
    CompletableFuture<Object> other = new CompletableFuture<>();
    ModelCall second = ModelCall.detached("openai", true, System.nanoTime());
    AwaitedCalls.put(future, call);
    AwaitedCalls.put(other, second);
    Object result = List.of(1);
    Object equal = List.of(1);
    future.complete(result);
    other.complete(equal);

    assertThat(AwaitedCalls.take(equal)).isSameAs(second);
    assertThat(AwaitedCalls.take(result)).isSameAs(call);
  }

  @Test
  void withoutAResultTheCallHasFailed() {
    AwaitedCalls.put(future, call);
    future.completeExceptionally(new IllegalStateException());

    assertThat(call.failed()).isTrue();
    assertThat(call.endedNanos()).isNotZero();
    assertThat(AwaitedCalls.take(null)).isNull();
  }

  @Test
  void aCallThatEndedIsForgotten() {
    AwaitedCalls.put(future, call);
    call.end(false);
    Object result = new Object();
    future.complete(result);

    assertThat(AwaitedCalls.take(result)).isNull();
  }
}

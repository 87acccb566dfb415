package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;

class MessageEntryTest {
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  private final MessageEntry entry =
      MessageEntry.of("kafka", At.argument(0), At.argument(1), At.argument(2));
  private final Hook answers = MessageEntry.answers("Handler", "invoke").hook;

  @AfterEach
  void nothingIsLeftInFlight() {
    for (Trace trace : Recorder.inFlight()) {
      Recorder.end(trace);
    }
    while (Recorder.drain() != null) {}
  }

  @Test
  void aMessageIsARequestUntilItsHandlerReturns() {
    Object state = deliver("orders", null, PARENT.getBytes(StandardCharsets.UTF_8));
    Trace trace = Scope.current().request();
    assertThat(trace.method).isEqualTo("kafka");
    assertThat(trace.route).isEqualTo("orders");
    assertThat(trace.traceparent).isEqualTo(PARENT);
    entry.after(0, state, null, new Object[0], null, null);

    assertThat(Scope.current().request()).isNull();
    assertThat(trace.isClosed()).isTrue();
    assertThat(trace.failed).isFalse();
  }

  @Test
  void oneWhoseHandlerThrowsFailed() {
    Object state = deliver("orders", null, null);
    Trace trace = Scope.current().request();
    entry.after(0, state, null, new Object[0], null, new IllegalStateException());

    assertThat(trace.isClosed()).isTrue();
    assertThat(trace.failed).isTrue();
  }

  @Test
  void whatARequestReadsIsPartOfIt() {
    Trace outer = Recorder.begin("GET", "/", null);
    int token = Recorder.join(outer);

    assertThat(deliver("orders", null, null)).isNull();
    Recorder.detach(token);
  }

  @ParameterizedTest
  @CsvSource({
    "orders, orders",
    "amq.gen-JzTY20BRgKO, (temporary)",
    "spring.gen-xKz4, (temporary)",
    "ID:build-host-3781, (temporary)"
  })
  void aNameThatIsMadeUpEachTimeTellsNothing(String queue, String route) {
    deliver(null, queue, null);

    assertThat(Scope.current().request().route).isEqualTo(route);
  }

  @Test
  void aBatchJoinsNoTrace() {
    entry.before(0, null, new Object[] {"orders", List.of(), PARENT});

    assertThat(Scope.current().request().traceparent).isNull();
  }

  @Test
  void aFutureOfTheHandlerIsWaitedFor() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Trace trace = handle(answer, answer);
    assertThat(trace.isClosed()).isFalse();
    answer.completeExceptionally(new IllegalStateException());

    assertThat(trace.isClosed()).isTrue();
    assertThat(trace.failed).isTrue();
  }

  @Test
  void aPublisherThatTheContainerSubscribesToIsWaitedFor() {
    Object state = deliver("orders", null, null);
    Trace trace = Scope.current().request();
    Flux watched = (Flux) answer(new Flux());
    watched.run(true);
    assertThat(trace.isClosed()).isTrue();
    assertThat(trace.failed).isTrue();
    entry.after(0, state, null, new Object[0], null, null);
  }

  @Test
  void aPublisherThatNobodySubscribesToIsNot() {
    Flux ignored = new Flux();
    Trace trace = handle(ignored, null);

    assertThat(trace.isClosed()).isTrue();
  }

  @Test
  void answersOfOtherRequestsAreLeftAlone() {
    CompletableFuture<String> answer = new CompletableFuture<>();
    Trace trace = Recorder.begin("GET", "/", null);
    int token = Recorder.join(trace);

    assertThat(answer(answer)).isSameAs(answer);
    Recorder.detach(token);
    answer.complete("");
    assertThat(trace.isClosed()).isFalse();
  }

  /** The request of a message whose handler has returned this. */
  private Trace handle(Object answer, Object same) {
    Object state = deliver("orders", null, null);
    Trace trace = Scope.current().request();
    Object seen = answer(answer);
    if (same != null) {
      assertThat(seen).isSameAs(same);
    }
    entry.after(0, state, null, new Object[0], null, null);
    return trace;
  }

  private Object deliver(Object queue, Object orQueue, Object traceparent) {
    return entry.before(0, null, new Object[] {queue, orQueue, traceparent});
  }

  private Object answer(Object result) {
    return answers.after(0, null, null, new Object[0], result, null);
  }
}

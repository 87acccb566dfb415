package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IteratedRequestTest {
  private static final Object[] NONE = {};

  private final IteratedRequest requests =
      new IteratedRequest("graph stream", Generator.class.getName());
  private final Hook next = requests.next();

  /** Stands for a generator. */
  private static final class Generator {}

  /** As a generator's step. */
  public record Step(boolean isDone, CompletableFuture<?> future) {}

  @AfterEach
  void nothingIsLeftInFlight() {
    for (Trace trace : Recorder.inFlight()) {
      Recorder.end(trace);
    }
    while (Recorder.drain() != null) {}
  }

  @Test
  void aRequestLastsFromTheFirstStepToTheEnd() {
    Generator generator = new Generator();
    Trace trace = step(generator, given());
    assertThat(trace.route).isEqualTo("graph stream");
    assertThat(trace.isClosed()).isFalse();
    assertThat(step(generator, given())).isSameAs(trace);
    assertThat(trace.isClosed()).isFalse();

    assertThat(step(generator, new Step(true, null))).isSameAs(trace);
    assertThat(trace.isClosed()).isTrue();
    assertThat(trace.failed).isFalse();
    assertThat(step(generator, new Step(true, null))).as("asked after the end").isNull();
    assertThat(Recorder.inFlight()).isEmpty();
  }

  @Test
  void oneWhoseStepFailsLaterFailed() {
    CompletableFuture<Object> later = new CompletableFuture<>();
    Trace trace = step(new Generator(), new Step(false, later));
    assertThat(trace.firstBody).isZero();
    later.completeExceptionally(new IllegalStateException());

    assertThat(trace.isClosed()).isTrue();
    assertThat(trace.failed).isTrue();
  }

  @Test
  void oneMayBeCancelled() {
    Generator generator = new Generator();
    Trace trace = step(generator, given());
    Hook cancelled = requests.cancelled();
    cancelled.before(0, new Generator(), NONE);
    assertThat(trace.isClosed()).as("another one").isFalse();
    cancelled.before(0, generator, NONE);

    assertThat(trace.isClosed()).isTrue();
    assertThat(trace.failed).isFalse();
  }

  @Test
  void oneThatIsLeftEndsWithItsLastStep() throws Exception {
    Trace left = step(new Generator(), given());
    long lastAt = System.nanoTime() - left.startNanos;
    for (int i = 0; i < 100 && !left.isClosed(); i++) {
      System.gc();
      Thread.sleep(10);
      Generator other = new Generator();
      step(other, given());
      step(other, new Step(true, null));
    }
    assertThat(left.isClosed()).isTrue();
    assertThat(left.end).isLessThanOrEqualTo(lastAt);
  }

  @Test
  void generatorsOfOtherClassesAndThoseOfARequestAreNone() {
    assertThat(step("another class", given())).isNull();
    Trace outer = Recorder.begin("GET", "/", null);
    int token = Recorder.join(outer);
    assertThat(step(new Generator(), given())).isSameAs(outer);
    Recorder.detach(token);
    assertThat(Recorder.inFlight()).containsExactly(outer);
  }

  /** Whose request the thread works for meanwhile. */
  private Trace step(Object generator, Step given) {
    Object state = next.before(0, generator, NONE);
    Trace trace = Scope.current().request();
    assertThat(next.after(0, state, generator, NONE, given, null)).isSameAs(given);
    return trace;
  }

  private static Step given() {
    return new Step(false, CompletableFuture.completedFuture("x"));
  }
}

package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class UserTimedTest {
  private static final int SITE = 3_000;
  private static final Object[] ARGS = {"eu"};

  private final UserTimed hook = new UserTimed(new Label("fetch {0}"));
  private Trace trace;
  private int token;

  @BeforeEach
  void begin() {
    trace = Recorder.begin("GET", "/", null);
    token = Recorder.join(trace);
  }

  @AfterEach
  void end() {
    Recorder.detach(token);
    Recorder.end(trace);
  }

  @Test
  void aFutureEndsItsIntervalAndIsNotReplaced() {
    CompletableFuture<String> future = new CompletableFuture<>();
    assertThat(call(future)).isSameAs(future);
    assertThat(trace.end(0)).as("still at work").isEqualTo(-1);
    int next = Recorder.enter(SITE + 1);
    assertThat(trace.parent(1)).as("what comes after the method is not inside").isEqualTo(-1);
    Recorder.exit(next);

    future.completeExceptionally(new IllegalStateException());

    assertThat(trace.end(0)).isPositive();
    assertThat(trace.thrown(0)).isTrue();
    assertThat(Arrays.asList(trace.notes()))
        .containsExactly(0, "name", "fetch eu", 0, "error", "java.lang.IllegalStateException");
  }

  @Test
  void aFutureThatIsDoneEndsWithTheMethod() {
    CompletableFuture<String> done = CompletableFuture.completedFuture("x");
    assertThat(call(done)).isSameAs(done);
    assertThat(trace.end(0)).isNotNegative();
    assertThat(trace.size()).isEqualTo(1);
  }

  @Test
  void eachSubscriptionOfAPublisherCounts() {
    Flux watched = (Flux) call(new Flux());
    watched.run(false, "a");
    watched.run(true);

    assertThat(trace.size()).isEqualTo(3);
    assertThat(trace.thrown(1)).isFalse();
    assertThat(trace.thrown(2)).isTrue();
    assertThat(Arrays.asList(trace.notes()).stream().filter("fetch eu"::equals)).hasSize(3);
  }

  @Test
  void aFailureOfAConstructorStillHasItsName() {
    UserTimed made = new UserTimed(new Label("new {0} {this.name}"));
    Object state = made.before(SITE, null, ARGS);
    made.after(SITE, state, null, ARGS, null, new IllegalStateException());

    assertThat(Arrays.asList(trace.notes()))
        .containsExactly(0, "name", "new eu ?", 0, "error", "java.lang.IllegalStateException");
    assertThat(trace.thrown(0)).isTrue();
  }

  private Object call(Object result) {
    Object state = hook.before(SITE, this, ARGS);
    return hook.after(SITE, state, this, ARGS, result, null);
  }
}

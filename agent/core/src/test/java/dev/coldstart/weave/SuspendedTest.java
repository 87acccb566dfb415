package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SuspendedTest {
  private static final int SITE = 5;
  private static final int INNER = 6;

  private final TimedSuspending hook =
      new TimedSuspending(
          Frame.class.getName(), (self, args, result) -> Recorder.note("first", args[0]));
  private final Suspended.Resumed resumed = new Suspended.Resumed();
  private final Object[] args = {"x", new Object()};
  private Trace request;
  private int joined;

  /** What the function goes on by; it calls it again. */
  public static final class Frame {
    private final Object completion;

    Frame(Object completion) {
      this.completion = completion;
    }

    public Object getCompletion() {
      return completion;
    }
  }

  /** As in Kotlin. */
  private enum CoroutineSingletons {
    COROUTINE_SUSPENDED,
    UNDECIDED
  }

  @BeforeEach
  void begin() {
    request = Recorder.begin("GET", "/chat", null);
    joined = Recorder.join(request);
  }

  @AfterEach
  void end() {
    Recorder.detach(joined);
    Recorder.end(request);
    Recorder.drain();
  }

  @Test
  void aFunctionThatDoesNotSuspendEndsWhenItReturns() {
    Object state = hook.before(SITE, this, args);
    Recorder.exit(Recorder.enter(INNER));
    assertThat(hook.after(SITE, state, this, args, "done", null)).isEqualTo("done");

    assertThat(request.end(0)).isGreaterThanOrEqualTo(request.end(1));
    assertThat(request.parent(1)).isZero();
    assertThat(request.notes()).containsExactly(0, "first", "x");
  }

  @Test
  void oneThatSuspendsEndsWhenItsCallerIsResumed() {
    Object state = hook.before(SITE, this, args);
    hook.after(SITE, state, this, args, CoroutineSingletons.COROUTINE_SUSPENDED, null);
    assertThat(request.end(0)).as("suspended").isNegative();
    resume(new Object());
    assertThat(request.end(0)).as("another one goes on").isNegative();

    resume(args[1]);
    assertThat(request.end(0)).isNotNegative();
    assertThat(request.thrown(0)).isFalse();
  }

  @Test
  void oneThatSuspendsAgainGoesOn() {
    Object state = hook.before(SITE, this, args);
    hook.after(SITE, state, this, args, CoroutineSingletons.COROUTINE_SUSPENDED, null);
    goOn(args[1], CoroutineSingletons.COROUTINE_SUSPENDED);
    assertThat(request.end(0)).isNegative();

    goOn(args[1], "done");
    assertThat(request.end(0)).isNotNegative();
    assertThat(request.size()).as("its frame calls it again").isEqualTo(1);
  }

  @Test
  void oneMayBeDoneBeforeItReturnsThatItSuspends() {
    Object state = hook.before(SITE, this, args);
    resume(args[1]);
    long end = request.end(0);
    assertThat(end).isNotNegative();
    hook.after(SITE, state, this, args, CoroutineSingletons.COROUTINE_SUSPENDED, null);

    assertThat(request.end(0)).isEqualTo(end);
  }

  @Test
  void functionsThatHandTheirContinuationOnEndTogether() {
    Object outer = hook.before(SITE, this, args);
    Object inner = hook.before(INNER, this, args);
    hook.after(INNER, inner, this, args, CoroutineSingletons.COROUTINE_SUSPENDED, null);
    hook.after(SITE, outer, this, args, CoroutineSingletons.COROUTINE_SUSPENDED, null);
    resume(args[1]);

    assertThat(request.end(0)).isGreaterThanOrEqualTo(request.end(1));
    assertThat(request.end(1)).isNotNegative();
  }

  @Test
  void anInnerOneThatIsDoneLeavesTheOuterOneWaiting() {
    Object outer = hook.before(SITE, this, args);
    Object inner = hook.before(INNER, this, args);
    hook.after(INNER, inner, this, args, "done", null);
    hook.after(SITE, outer, this, args, CoroutineSingletons.COROUTINE_SUSPENDED, null);
    assertThat(request.end(0)).isNegative();
    assertThat(request.end(1)).isNotNegative();

    resume(args[1]);
    assertThat(request.end(0)).isNotNegative();
  }

  @Test
  void oneThatThrowsHasFailed() {
    Object state = hook.before(SITE, this, args);
    hook.after(SITE, state, this, args, null, new IllegalStateException());

    assertThat(request.thrown(0)).isTrue();
    resume(args[1]);
    assertThat(request.size()).isEqualTo(1);
  }

  private void resume(Object continuation) {
    goOn(continuation, "done");
  }

  private void goOn(Object continuation, Object result) {
    Frame frame = new Frame(continuation);
    Object state = resumed.before(0, frame, new Object[1]);
    Object[] own = {null, frame};
    Object again = hook.before(SITE, this, own);
    hook.after(SITE, again, this, own, result, null);
    assertThat(resumed.after(0, state, frame, new Object[1], result, null)).isSameAs(result);
  }
}

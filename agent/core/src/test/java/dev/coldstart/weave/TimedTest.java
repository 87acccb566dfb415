package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimedTest {
  private static final int SITE = 3_100;
  private static final Object[] ARGS = {};

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
  void notesAreMadeBeforeTheEnd() {
    call(new Answers(), "found");
    assertThat(trace.thrown(0)).isFalse();
    assertThat(Arrays.asList(trace.notes())).containsExactly(0, "answer", "found");
  }

  @Test
  void whatIsGivenBackInsteadOfThrownIsAFailure() {
    call(new Answers(), new IllegalArgumentException("a secret"));
    assertThat(trace.thrown(0)).isTrue();
    assertThat(Arrays.asList(trace.notes()))
        .containsExactly(0, "error", "java.lang.IllegalArgumentException");
  }

  @Test
  void soIsTheStatusOfAnAnswer() {
    call(new Answers(), 401);
    assertThat(trace.thrown(0)).isTrue();
    assertThat(Arrays.asList(trace.notes())).containsExactly(0, "error", "401");
    call(new Answers(), "found");
    assertThat(trace.thrown(1)).isFalse();
    assertThat(trace.parent(1)).as("nothing is left open").isNegative();
  }

  @Test
  void aNoteThatFailsLeavesNothingOpen() {
    assertThatThrownBy(() -> call(new Answers(), 5L)).isInstanceOf(RuntimeException.class);
    assertThat(trace.end(0)).isNotNegative();
  }

  private static void call(Note note, Object result) {
    Timed hook = new Timed(note);
    Object state = hook.before(SITE, null, ARGS);
    assertThat(hook.after(SITE, state, null, ARGS, result, null)).isSameAs(result);
  }

  private static final class Answers implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {
      Recorder.note("answer", (String) result);
    }

    @Override
    public Object failure(Object result) {
      return result instanceof Throwable || result instanceof Integer ? result : null;
    }
  }
}

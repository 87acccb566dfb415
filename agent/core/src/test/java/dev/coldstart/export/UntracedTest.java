package dev.coldstart.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The other agent's method is played by these; NeighboursIT has the real one. */
class UntracedTest {
  private static final List<String> DONE = new ArrayList<>();

  /** As the other agent has it. */
  public static void suppressed(Runnable work) {
    DONE.add("begin");
    work.run();
    DONE.add("end");
  }

  /** What another version may do. */
  @SuppressWarnings("DoNotCallSuggester") // Called by name.
  public static void broken(Runnable work) {
    throw new IllegalStateException(String.valueOf(work));
  }

  @Test
  void worksOnceInsideOfTheOtherAgentsMethod() throws Exception {
    assertThat(done("suppressed")).containsExactly("begin", "work", "end");
  }

  @Test
  void worksOnceAllTheSameWithoutOrWithAnotherVersionOfIt() throws Exception {
    assertThat(done("broken")).containsExactly("work");
    DONE.clear();
    Untraced.run(() -> DONE.add("work"));
    assertThat(DONE).containsExactly("work");
  }

  private static List<String> done(String name) throws Exception {
    Method suppress = UntracedTest.class.getMethod(name, Runnable.class);
    DONE.clear();
    Untraced.run(() -> DONE.add("work"), suppress);
    return DONE;
  }
}

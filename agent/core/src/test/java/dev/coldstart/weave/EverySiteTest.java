package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.bootstrap.FailedHooks;
import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Each place where a library file has a hook gets one that throws, one at a time: the method gives
 * and throws what it did, each failure is counted, and the tenth switches the site off.
 */
class EverySiteTest {
  private static final int MAX_FAILURES = 10;
  private static final int CALLS = 14;

  /** Of all of them, one after the other; nobody else's. */
  private static final int SITE = WovenLoader.FIRST_SITE - 1;

  private static final List<Supplier<Throwable>> FAULTS =
      List.of(
          () -> new IllegalStateException("fault"),
          () -> new StackOverflowError("fault"),
          () -> new OutOfMemoryError("fault"),
          () -> new NoSuchMethodError("fault"),
          () -> new AssertionError("fault"),
          () -> new InterruptedException("fault"));

  /** Throws at entry or at the end, whatever has been promised. */
  private static final class Throwing extends Hook {
    private final Supplier<Throwable> fault;
    private final boolean atEntry;

    Throwing(Supplier<Throwable> fault, boolean atEntry) {
      this.fault = fault;
      this.atEntry = atEntry;
    }

    @Override
    public Object before(int site, Object self, Object[] args) {
      return atEntry ? EverySiteTest.<RuntimeException>raise(fault.get()) : "state";
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      return atEntry ? result : EverySiteTest.<RuntimeException>raise(fault.get());
    }
  }

  @Test
  void whatHooksThrowReachesNobody() throws Exception {
    List<String> wrong = new ArrayList<>();
    int attempts = 0;
    for (Library library : IndexWriter.libraries(Path.of("target/classes"))) {
      for (Probe probe : library.probes()) {
        // A static initialiser runs once: it cannot fail until its site is switched off.
        if (probe.hook != null && !probe.method.equals("<clinit>")) {
          String name = library.name() + " " + probe.types.get(0) + "#" + probe.method;
          attempt(name + " at entry", probe, throwing(attempts++, true), wrong);
          attempt(name + " at its end", probe, throwing(attempts++, false), wrong);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(attempts).isGreaterThan(500);
  }

  private static Hook throwing(int attempt, boolean atEntry) {
    return new Throwing(FAULTS.get(attempt % FAULTS.size()), atEntry);
  }

  private static void attempt(String name, Probe probe, Hook throwing, List<String> wrong)
      throws Exception {
    ProbedClass plain = new ProbedClass(probe, -1);
    ProbedClass woven = new ProbedClass(probe, SITE);
    FailedHooks.forget(SITE);
    Recorder.hooks[SITE] = throwing;
    int before = Hook.FAILURES.get();
    for (int i = 0; i < CALLS; i++) {
      // The tenth failure is an exception's: both ways out are tried before and after it.
      boolean fails = i % 2 == 1;
      String expected = plain.call(fails);
      String seen = woven.call(fails);
      if (!seen.equals(expected)) {
        wrong.add(name + ": " + seen + " instead of " + expected);
      }
      int counted = Hook.FAILURES.get() - before;
      if (counted != Math.min(i + 1, MAX_FAILURES)) {
        wrong.add(name + ": " + counted + " failures counted after call " + (i + 1));
      }
      boolean off = Recorder.hooks[SITE] == null;
      if (off != (i + 1 >= MAX_FAILURES)) {
        wrong.add(name + ": " + (off ? "off" : "on") + " after call " + (i + 1));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> Object raise(Throwable t) throws T {
    throw (T) t;
  }
}

package dev.coldstart.weave.net;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.weave.At;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.JoinHook;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.PublisherWatch;
import dev.coldstart.weave.WeakIdentityMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/**
 * One step of opening a connection, or a call on it, that begins in one method and ends in another,
 * often on another thread: known by the objects of the client that stand for it, never guessed. It
 * belongs to whoever the thread that begins it works for. One instance per step and library; its
 * hooks go into {@code Probe.read(..)}, that of the beginning with {@code connecting(step)} or
 * {@code recording(phase, span)}.
 *
 * <p>Of several ends the first counts, and what begins twice is the same step. Thread-safe.
 */
public final class Opening {
  /** Whether a step is over, as far as a method tells. */
  public interface Done {
    /** Called with what a {@link Hook} gets. */
    boolean isSo(Object self, Object[] args, Object result);
  }

  private final WeakIdentityMap<Step> steps = new WeakIdentityMap<>();

  /**
   * The step begins with the method. What the method does itself is inside of it, and when it
   * throws the step has failed.
   *
   * @param keys the objects that stand for the step, from the entry on if they are there then (a
   *     constructor's own object and a result are not). The first tells whether it has begun. With
   *     an {@link SSLEngine} among them, the notes of a step that works out say what it agreed on
   */
  public Hook begins(At... keys) {
    return new Begins(null, false, null, false, keys);
  }

  /**
   * The same for a call by a client's methods that lead to one another: inside an open interval of
   * the same name nothing begins. A call known by a {@link CompletableFuture} that the method
   * returns may have ended before that stood for it, which is seen then: its ends need a hook both
   * {@linkplain #endsBefore before} it is completed, and {@linkplain #ends after} that.
   *
   * @param wanted which calls count, null for all
   */
  public Hook calls(Note wanted, At... keys) {
    return new Begins(null, true, wanted, false, keys);
  }

  /**
   * The same for a method that may do all of it.
   *
   * @param done whether the step is over, asked after the method
   */
  public Hook beginsUnless(Done done, At... keys) {
    return new Begins(done, false, null, false, keys);
  }

  /**
   * The same for some calls of a method that returns a future: when that fails, so has the step.
   * What the future gives may be there before all of it is done. The probe must replace the result.
   *
   * @param wanted which calls count
   */
  public Hook beginsAsync(Note wanted, At... keys) {
    return new Begins(null, false, wanted, true, keys);
  }

  /**
   * The method asks a pool or queue for something that may be there at once: only if it has not
   * ended when the method returns there is a step, which begins with the method.
   *
   * @param done whether what was asked for is there, asked after the method; null where its end is
   *     told by another hook in any case
   */
  public Hook waits(Done done, At... keys) {
    return new Waits(done, keys);
  }

  /** The step ends with the method, and fails when that throws. */
  public Hook ends(At key) {
    return new AtReturn(key, null, null);
  }

  /** The step is over as the method begins, which goes on with what comes after it. */
  public Hook endsBefore(At key) {
    return new AtEntry(key, null, null);
  }

  /**
   * The same for a method that may have to tell of a failure.
   *
   * @param done whether the step has worked out, asked before the method, without a result
   */
  public Hook endsBefore(Done done, At key) {
    return new AtEntry(key, null, done);
  }

  /**
   * The same as {@link #ends} for a method that may be called before it is over.
   *
   * @param done whether the step is over, asked after the method
   */
  public Hook endsIf(Done done, At key) {
    return new AtReturn(key, done, null);
  }

  /**
   * The same for a handshake whose engine is not known.
   *
   * @param session where the {@link SSLSession} is then, that the notes tell of
   */
  public Hook endsIf(Done done, At key, At session) {
    return new AtReturn(key, done, null, session);
  }

  /**
   * The step fails as the method begins.
   *
   * @param error what went wrong
   */
  public Hook fails(At error, At key) {
    return new AtEntry(key, error, null);
  }

  /** The step is given up as the method begins. Whoever waited for it knows why. */
  public Hook givenUp(At key) {
    return new AtEntry(key, At.constant(null), null);
  }

  /** Another object stands for the step of an object too, from the end of the method on. */
  public Hook alsoIs(At key, At other) {
    return new AtReturn(key, null, other);
  }

  /** The method works inside the step of an object, on whatever thread. */
  public Hook goesOn(At key) {
    return new GoesOn(key);
  }

  private Step running(At key, Object self, Object[] args, Object result) {
    Step step = steps.get(key.read(self, args, result));
    return step == null || step.isOver() ? null : step;
  }

  /** What a future that has failed failed with, null for any other object. */
  private static Throwable problem(Object key) {
    if (key instanceof CompletableFuture<?> future && future.isCompletedExceptionally()) {
      try {
        future.getNow(null);
      } catch (CompletionException | CancellationException e) {
        return e;
      }
    }
    return null;
  }

  private void bind(Step step, At[] keys, Object self, Object[] args, Object result) {
    for (At key : keys) {
      Object object = key.read(self, args, result);
      if (object != null) {
        steps.put(object, step);
      }
      if (object instanceof SSLEngine engine) {
        step.driving(engine);
      } else if (object instanceof CompletableFuture<?> future && future.isDone()) {
        step.end(problem(future));
      }
    }
  }

  private final class Begins extends Hook {
    private final Done done;
    private final boolean outermost;
    private final Note wanted;
    private final boolean async;
    private final At[] keys;

    /**
     * Begins a step.
     *
     * @param done null where the method never does all of it
     * @param outermost whether it is part of an interval of its name that it is inside of
     * @param wanted null for every call of the method
     * @param async whether the future that the method returns tells of a failure
     */
    Begins(Done done, boolean outermost, Note wanted, boolean async, At[] keys) {
      this.done = done;
      this.outermost = outermost;
      this.wanted = wanted;
      this.async = async;
      this.keys = keys;
    }

    @Override
    public Object before(int site, Object self, Object[] args) {
      if ((wanted != null && !wanted.wants(self, args)) || (outermost && Step.isInside(site))) {
        return null;
      }
      Step known = running(keys[0], self, args, null);
      if (known != null) {
        return new Begun(known, false, -1);
      }
      Step step = Step.begin(site);
      if (step == null) {
        return null;
      }
      bind(step, keys, self, args, null);
      return new Begun(step, true, step.join());
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      if (!(state instanceof Begun begun)) {
        return result;
      }
      Recorder.detach(begun.token);
      bind(begun.step, keys, self, args, result);
      if (begun.own && (thrown != null || (done != null && done.isSo(self, args, result)))) {
        begun.step.end(thrown);
      }
      boolean goesOn = begun.own && async && thrown == null;
      return goesOn ? PublisherWatch.of(result, new Failing(begun.step)) : result;
    }
  }

  private record Begun(Step step, boolean own, int token) {}

  /** Fails a step with the future that tells of it. */
  private record Failing(Step step) implements PublisherWatch.Listener {
    @Override
    public void next(Object element) {
      // The rest of the step is to come.
    }

    @Override
    public void failing(Throwable thrown) {
      step.fail(thrown);
    }

    @Override
    public void ended(boolean failed) {
      // Told already.
    }
  }

  private final class Waits extends Hook {
    private final Done done;
    private final At[] keys;

    Waits(Done done, At[] keys) {
      this.done = done;
      this.keys = keys;
    }

    @Override
    public Object before(int site, Object self, Object[] args) {
      Asked asked = new Asked(Step.asked(), System.nanoTime());
      bind(asked.step, keys, self, args, null);
      return asked;
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      if (state instanceof Asked asked) {
        if (thrown == null && !isDone(self, args, result)) {
          asked.step.begin(site, asked.nanos);
          bind(asked.step, keys, self, args, result);
        }
        // Also where it came in the meantime, before the objects were known to stand for the step.
        if (thrown != null || isDone(self, args, result)) {
          asked.step.end(thrown);
        }
      }
      return result;
    }

    private boolean isDone(Object self, Object[] args, Object result) {
      return done != null && done.isSo(self, args, result);
    }
  }

  private record Asked(Step step, long nanos) {}

  private final class AtReturn extends Hook {
    private final At key;
    private final Done done;
    private final At other;
    private final At session;

    AtReturn(At key, Done done, At other) {
      this(key, done, other, At.constant(null));
    }

    /**
     * Ends a step, or knows it by one more object.
     *
     * @param done null for always
     * @param other null where the step ends
     * @param session where what a handshake agreed on is
     */
    AtReturn(At key, Done done, At other, At session) {
      this.key = key;
      this.done = done;
      this.other = other;
      this.session = session;
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      Step step = running(key, self, args, result);
      if (step == null) {
        return result;
      }
      Object object = other == null ? null : other.read(self, args, result);
      if (object != null) {
        steps.put(object, step);
      } else if (other == null
          && (thrown != null || done == null || done.isSo(self, args, result))) {
        step.agreed(session.read(self, args, result));
        step.end(thrown != null ? thrown : problem(key.read(self, args, result)));
      }
      return result;
    }
  }

  private final class AtEntry extends EntryHook {
    private final At key;
    private final At error;
    private final Done done;

    /**
     * Ends a step.
     *
     * @param error null when it has not failed
     * @param done null for always
     */
    AtEntry(At key, At error, Done done) {
      this.key = key;
      this.error = error;
      this.done = done;
    }

    @Override
    protected void entered(Object self, Object[] args) {
      Step step = running(key, self, args, null);
      if (step == null || (done != null && !done.isSo(self, args, null))) {
        return;
      }
      if (error == null) {
        step.end(null);
      } else {
        step.fail(error.read(self, args, null));
      }
    }
  }

  private final class GoesOn extends JoinHook {
    private final At key;

    GoesOn(At key) {
      this.key = key;
    }

    @Override
    protected int join(Object self, Object[] args) {
      Step step = running(key, self, args, null);
      return step == null ? -1 : step.join();
    }
  }
}

package dev.coldstart.weave.net;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.At;
import dev.coldstart.weave.ErrorType;
import dev.coldstart.weave.JoinHook;
import dev.coldstart.weave.WeakIdentityMap;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import javax.net.ssl.SSLEngine;

/**
 * One step of opening a connection that begins in one method and ends in another, often on another
 * thread: known by the objects of the client that stand for it, never guessed. It belongs to
 * whoever the thread that begins it works for. One instance per step and library; its hooks go into
 * {@code Probe.read(..)}, that of the beginning with {@code connecting(step)}.
 *
 * <p>Of several ends the first counts, and what begins twice is the same step. Thread-safe.
 */
public final class Opening {
  private final WeakIdentityMap<Running> running = new WeakIdentityMap<>();

  private record Running(
      Trace trace, int interval, long beganMillis, Reference<SSLEngine> engine) {}

  /**
   * The step begins with the method. What the method does itself is inside of it, and when it
   * throws the step has failed.
   *
   * @param keys the objects that stand for the step, as they are at the entry; a constructor's own
   *     object from its end on. With an {@link SSLEngine} among them, the notes of a step that
   *     works out say what it agreed on
   */
  public Hook begins(At... keys) {
    return new Begins(null, keys);
  }

  /**
   * The same for a method that may do all of it.
   *
   * @param done reads as true after the method when the step is over
   */
  public Hook beginsUnless(At done, At... keys) {
    return new Begins(done, keys);
  }

  /** The step ends with the method, and fails when that throws. */
  public Hook ends(At key) {
    return new Ends(key, null, null);
  }

  /**
   * The same for a method that may be called before it is over.
   *
   * @param done reads as true after the method when the step is over
   */
  public Hook endsIf(At done, At key) {
    return new Ends(key, done, null);
  }

  /**
   * The step fails as the method begins.
   *
   * @param error what went wrong
   */
  public Hook fails(At error, At key) {
    return new Ends(key, null, error);
  }

  /** The step is given up as the method begins. Whoever waited for it knows why. */
  public Hook givenUp(At key) {
    return new Ends(key, null, At.constant(null));
  }

  /** The method works inside the step of an object, on whatever thread. */
  public Hook goesOn(At key) {
    return new GoesOn(key);
  }

  private static void close(Running step, Throwable thrown) {
    SSLEngine engine = step.engine == null || thrown != null ? null : step.engine.get();
    if (engine != null) {
      TlsSession.note(step.trace, step.interval, engine.getSession(), step.beganMillis);
    }
    step.trace.note(step.interval, Trace.ERROR, ErrorType.of(thrown));
    step.trace.close(step.interval, System.nanoTime(), thrown != null);
  }

  private static boolean isTrue(At value, Object self, Object[] args, Object result) {
    return Boolean.TRUE.equals(value.read(self, args, result));
  }

  private final class Begins extends Hook {
    private final At done;
    private final At[] keys;

    Begins(At done, At[] keys) {
      this.done = done;
      this.keys = keys;
    }

    @Override
    public Object before(int site, Object self, Object[] args) {
      Running step = running.get(keys[0].read(self, args, null));
      if (step != null) {
        return null;
      }
      Trace trace = Recorder.target();
      int interval = Scope.current().open(trace, site, System.nanoTime());
      if (interval < 0) {
        return null;
      }
      step = new Running(trace, interval, System.currentTimeMillis(), engine(self, args));
      bind(step, self, args);
      return new Begun(step, self == null, Recorder.join(trace, interval));
    }

    private void bind(Running step, Object self, Object[] args) {
      for (At key : keys) {
        Object object = key.read(self, args, null);
        if (object != null) {
          running.put(object, step);
        }
      }
    }

    /** A strong one would keep the key of its own entry. */
    private Reference<SSLEngine> engine(Object self, Object[] args) {
      for (At key : keys) {
        if (key.read(self, args, null) instanceof SSLEngine engine) {
          return new WeakReference<>(engine);
        }
      }
      return null;
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      if (state instanceof Begun begun) {
        Recorder.detach(begun.token);
        if (thrown != null || (done != null && isTrue(done, self, args, result))) {
          close(begun.step, thrown);
          running.remove(keys[0].read(self, args, null));
        } else if (begun.constructing) {
          bind(begun.step, self, args);
        }
      }
      return result;
    }
  }

  private record Begun(Running step, boolean constructing, int token) {}

  private final class Ends extends Hook {
    private final At key;
    private final At done;
    private final At error;

    Ends(At key, At done, At error) {
      this.key = key;
      this.done = done;
      this.error = error;
    }

    @Override
    public Object before(int site, Object self, Object[] args) {
      if (error != null) {
        Running step = running.remove(key.read(self, args, null));
        if (step != null) {
          Object thrown = error.read(self, args, null);
          step.trace.note(step.interval, Trace.ERROR, ErrorType.of(thrown));
          step.trace.close(step.interval, System.nanoTime(), true);
        }
      }
      return null;
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      boolean over = thrown != null || done == null || isTrue(done, self, args, result);
      if (error != null || !over) {
        return result;
      }
      Running step = running.remove(key.read(self, args, result));
      if (step != null) {
        close(step, thrown);
      }
      return result;
    }
  }

  private final class GoesOn extends JoinHook {
    private final At key;

    GoesOn(At key) {
      this.key = key;
    }

    @Override
    protected int join(Object self, Object[] args) {
      Running step = running.get(key.read(self, args, null));
      return step == null ? -1 : Recorder.join(step.trace, step.interval);
    }
  }
}

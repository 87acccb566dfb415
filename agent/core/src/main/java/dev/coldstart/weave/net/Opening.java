package dev.coldstart.weave.net;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.At;
import dev.coldstart.weave.ErrorType;
import dev.coldstart.weave.JoinHook;
import dev.coldstart.weave.WeakIdentityMap;
import javax.net.ssl.SSLSession;

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

  private record Running(Trace trace, int interval, long beganMillis) {}

  /**
   * The step begins with the method. What the method does itself is inside of it, and when it
   * throws the step has failed.
   *
   * @param keys the objects that stand for the step, as they are at the entry
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
    return new Ends(key, null, null, null);
  }

  /**
   * The same for a method that may be called before it is over.
   *
   * @param done reads as true after the method when the step is over
   */
  public Hook endsIf(At done, At key) {
    return new Ends(key, done, null, null);
  }

  /** The same for a step that gives a session of TLS. */
  public Hook endsWith(At session, At key) {
    return new Ends(key, null, session, null);
  }

  /**
   * The step fails as the method begins.
   *
   * @param error what went wrong; a step that ends without an exception was given up
   */
  public Hook fails(At error, At key) {
    return new Ends(key, null, null, error);
  }

  /** The method works inside the step of an object, on whatever thread. */
  public Hook goesOn(At key) {
    return new GoesOn(key);
  }

  private void close(Running step, Throwable thrown) {
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
      step = new Running(trace, interval, System.currentTimeMillis());
      for (At key : keys) {
        Object object = key.read(self, args, null);
        if (object != null) {
          running.put(object, step);
        }
      }
      return new Begun(step, Recorder.join(trace, interval));
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      if (state instanceof Begun begun) {
        Recorder.detach(begun.token);
        if (thrown != null || (done != null && isTrue(done, self, args, result))) {
          close(begun.step, thrown);
          running.remove(keys[0].read(self, args, null));
        }
      }
      return result;
    }
  }

  private record Begun(Running step, int token) {}

  private final class Ends extends Hook {
    private final At key;
    private final At done;
    private final At session;
    private final At error;

    Ends(At key, At done, At session, At error) {
      this.key = key;
      this.done = done;
      this.session = session;
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
        Object given = session == null || thrown != null ? null : session.read(self, args, result);
        if (given instanceof SSLSession tls) {
          TlsSession.note(step.trace, step.interval, tls, step.beganMillis);
        }
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

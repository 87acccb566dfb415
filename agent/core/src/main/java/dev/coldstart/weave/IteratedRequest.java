package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * The entry of an agent that answers by a lazy generator: a request begins, where {@link
 * RequestEntry} would begin one, when the generator is asked for the first time, and ends when it
 * says that it is done, fails or is cancelled. One that is left before that ends with the last time
 * it was asked, once it has been collected. Asking it again after the end is no request.
 */
public final class IteratedRequest {
  private final String route;
  private final String type;
  private final WeakIdentityMap<Iteration> iterations = new Iterations();

  /**
   * Requests by the generators of a class.
   *
   * @param route what is called
   * @param type binary name of the generators' class; what it inherits may have other heirs too
   */
  public IteratedRequest(String route, String type) {
    this.route = route;
    this.type = type;
  }

  /**
   * Around the method that gives the next step, which tells by {@code isDone()} whether it is the
   * end and by {@code future()} what it gives.
   */
  public Hook next() {
    return new Next();
  }

  /** In the method that cancels a generator. */
  public Hook cancelled() {
    return new Cancelled();
  }

  private static final class Iterations extends WeakIdentityMap<Iteration> {
    @Override
    protected void collected(Iteration left) {
      left.trace.over(left.lastNanos);
      Recorder.end(left.trace);
    }
  }

  private final class Next extends Hook {
    @Override
    public Object before(int site, Object self, Object[] args) {
      Iteration iteration = iterations.get(self);
      if (iteration == null) {
        if (!self.getClass().getName().equals(type)) {
          return null;
        }
        Trace trace = RequestEntry.beginAgentCall(route);
        if (trace == null) {
          return null;
        }
        iteration = new Iteration(trace);
        iterations.put(self, iteration);
      }
      return iteration.trace.isClosed()
          ? null
          : new Step(iteration, Recorder.join(iteration.trace));
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      if (state instanceof Step step) {
        Recorder.detach(step.token);
        step.iteration.stepped(result, thrown);
      }
      return result;
    }
  }

  private final class Cancelled extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Iteration iteration = iterations.get(self);
      if (iteration != null) {
        Recorder.end(iteration.trace);
      }
    }
  }

  private record Step(Iteration iteration, int token) {}

  /** One generator that is asked. */
  private static final class Iteration implements BiConsumer<Object, Throwable> {
    private final Trace trace;
    private volatile long lastNanos = System.nanoTime();

    Iteration(Trace trace) {
      this.trace = trace;
    }

    void stepped(Object step, Throwable thrown) {
      lastNanos = System.nanoTime();
      if (thrown != null) {
        accept(null, thrown);
      } else if (Boolean.TRUE.equals(Read.list(step, "isDone"))) {
        Recorder.end(trace);
      } else if (Read.list(step, "future") instanceof CompletableFuture<?> future) {
        var unused = future.whenComplete(this);
      }
    }

    /** What a step gives is there: whoever asked can show it. */
    @Override
    public void accept(Object element, Throwable thrown) {
      if (trace.isClosed()) {
        return;
      }
      if (thrown == null) {
        trace.body(System.nanoTime());
      } else {
        trace.failed = true;
        Recorder.end(trace);
      }
    }
  }
}

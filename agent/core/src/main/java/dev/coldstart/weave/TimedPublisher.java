package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import java.util.concurrent.CompletableFuture;

/**
 * Times what a returned Reactor publisher does, from subscription to its end: when the method
 * returns, nothing has happened yet. A future's work begins in the method.
 */
final class TimedPublisher extends Hook {
  /** What {@link #before} gives for a call that is not timed. */
  private static final Object UNWANTED = new Object();

  private final Note note;

  /** Adds no facts. */
  TimedPublisher() {
    this(null);
  }

  /**
   * Adds facts when an element arrives.
   *
   * @param note null for none
   */
  TimedPublisher(Note note) {
    this.note = note;
  }

  @Override
  public Object before(int site, Object self, Object[] args) {
    return note == null || note.wants(self, args) ? (Object) System.nanoTime() : UNWANTED;
  }

  @Override
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    if (thrown != null || !(state instanceof Long called)) {
      return result;
    }
    long begin = result instanceof CompletableFuture<?> ? called : 0;
    return PublisherWatch.of(result, new Subscriptions(site, begin, self, args));
  }

  private final class Subscriptions implements PublisherWatch.Listener {
    private final int site;
    private final long begin;
    private final Object self;
    private final Object[] args;
    private volatile Trace trace;
    private volatile int interval = -1;

    /**
     * @param begin {@link System#nanoTime()}, 0 for that of the subscription
     */
    Subscriptions(int site, long begin, Object self, Object[] args) {
      this.site = site;
      this.begin = begin;
      // Only for the note: the publisher may live longer than what it was made from.
      this.self = note == null ? null : self;
      this.args = note == null ? null : args;
    }

    @Override
    public void subscribed() {
      Trace target = Recorder.target();
      trace = target;
      interval = Scope.current().open(target, site, begin == 0 ? System.nanoTime() : begin);
    }

    @Override
    public void next(Object element) {
      Trace of = trace;
      if (note == null || of == null || of.isClosed()) {
        return;
      }
      int token = Recorder.join(of, interval);
      if (token < 0) {
        return;
      }
      try {
        note.note(self, args, element);
      } catch (Exception e) {
        throw new IllegalStateException(e);
      } finally {
        Recorder.detach(token);
      }
    }

    @Override
    public void ended(boolean failed) {
      trace.close(interval, System.nanoTime(), failed);
    }
  }
}

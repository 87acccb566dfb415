package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import java.util.concurrent.CompletableFuture;

/**
 * Times what a returned publisher does, from subscription to its end: when the method returns,
 * nothing has happened yet. A future's work begins in the method, and so does that of methods that
 * are said to begin it. What the subscribing thread does meanwhile is part of it.
 */
final class TimedPublisher extends Hook {
  private final boolean fromEntry;
  private final Note note;

  /**
   * Adds no facts.
   *
   * @param fromEntry whether the method begins the work itself
   */
  TimedPublisher(boolean fromEntry) {
    this(fromEntry, null);
  }

  private TimedPublisher(boolean fromEntry, Note note) {
    this.fromEntry = fromEntry;
    this.note = note;
  }

  /** The same, which adds facts when an element arrives and at the end. */
  TimedPublisher noting(Note added) {
    return new TimedPublisher(fromEntry, added);
  }

  @Override
  public Object before(int site, Object self, Object[] args) {
    if (note != null && !note.wants(self, args)) {
      return null;
    }
    Timing timing = new Timing(site, note, self, args);
    if (fromEntry) {
      timing.open(timing.enteredNanos);
      timing.token = timing.push();
    }
    return timing;
  }

  @Override
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    if (!(state instanceof Timing timing)) {
      return result;
    }
    Recorder.detach(timing.token);
    if (result instanceof CompletableFuture<?> && !fromEntry) {
      timing.open(timing.enteredNanos);
    }
    if (thrown == null && ListenedFuture.watch(result, timing)) {
      return result;
    }
    Object watched = thrown == null ? PublisherWatch.of(result, timing) : null;
    if (watched == null || watched == result) {
      if (thrown != null) {
        timing.failing(thrown);
      }
      timing.ended(thrown != null);
      return result;
    }
    return PublisherType.standIn(watched, timing);
  }

  /** One call of the method; a publisher may be subscribed to again after its end. */
  private static final class Timing implements PublisherWatch.Listener, PublisherType.Subscribing {
    private final int site;
    private final Note note;
    private final Object self;
    private final Object[] args;
    private final long enteredNanos = System.nanoTime();
    private int token = -1;
    private volatile Trace trace;
    private volatile int interval = -1;
    private volatile boolean running;
    private volatile long elements;

    Timing(int site, Note note, Object self, Object[] args) {
      this.site = site;
      this.note = note;
      // Only for the note: the publisher may live longer than what it was made from.
      this.self = note == null ? null : self;
      this.args = note == null ? null : args;
    }

    void open(long nanos) {
      Trace target = Recorder.target();
      Scope scope = Scope.current();
      int parent = scope.parentIn(target);
      if (parent >= 0 && target.site(parent) == site && target.end(parent) < 0) {
        // An overload that calls the next one: the outermost call is the one that counts.
        return;
      }
      trace = target;
      interval = scope.open(target, site, nanos);
      elements = 0;
      running = true;
    }

    /** What this thread begins is below the interval, until {@code Recorder.detach}. */
    int push() {
      return running && interval >= 0 && trace.serial > 0 ? Recorder.join(trace, interval) : -1;
    }

    @Override
    public PublisherType.Begun begin(Object publisher) {
      subscribed();
      return new PublisherType.Begun(publisher, push());
    }

    @Override
    public void subscribed() {
      if (!running) {
        open(System.nanoTime());
      }
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // a publisher's signals take turns
    public void next(Object element) {
      elements++;
      if (note != null && running) {
        note(element, false);
      }
    }

    @Override
    public void failing(Throwable thrown) {
      if (running) {
        trace.note(interval, Trace.ERROR, ErrorType.of(thrown));
      }
    }

    @Override
    public void ended(boolean failed) {
      if (!running) {
        return;
      }
      running = false;
      try {
        if (!failed && note != null) {
          note(null, true);
        }
      } finally {
        trace.close(interval, System.nanoTime(), failed);
      }
    }

    private void note(Object element, boolean end) {
      int joined = trace.isClosed() ? -1 : Recorder.join(trace, interval);
      if (joined < 0) {
        return;
      }
      try {
        if (end) {
          note.elements(elements);
        } else {
          note.note(self, args, element);
        }
      } catch (Exception e) {
        throw new IllegalStateException(e);
      } finally {
        Recorder.detach(joined);
      }
    }
  }
}

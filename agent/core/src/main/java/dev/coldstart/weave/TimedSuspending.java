package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;

/** Times a Kotlin function that suspends until it is done, see {@link Suspended}. */
final class TimedSuspending extends Hook {
  private final String frame;
  private final Note note;

  /**
   * Times and adds notes, of which none may need the result.
   *
   * @param frame the class of the function's frames
   * @param note null for none
   */
  TimedSuspending(String frame, Note note) {
    this.frame = frame;
    this.note = note;
  }

  @Override
  public Object before(int site, Object self, Object[] args) {
    if (args[args.length - 1].getClass().getName().equals(frame)) {
      // Its own frame calls it once more, to go on.
      return null;
    }
    Trace trace = Recorder.target();
    int interval = Scope.current().open(trace, site, System.nanoTime());
    Running running = new Running(trace, interval);
    running.outer = Suspended.called(args, running);
    running.token = Recorder.join(trace, interval);
    if (note != null) {
      note(self, args);
    }
    return running;
  }

  private void note(Object self, Object[] args) {
    try {
      note.note(self, args, null);
    } catch (Exception e) {
      // The call has begun: it must be ended as well.
      Hook.swallowed(e);
    }
  }

  @Override
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    if (state == null) {
      return result;
    }
    Running running = (Running) state;
    Recorder.detach(running.token);
    if (Suspended.returned(args, running.outer, result)) {
      running.end(thrown != null);
    }
    return result;
  }

  private static final class Running implements Suspended.Call {
    private final Trace trace;
    private final int interval;
    private Suspended.Call outer;
    private int token;

    Running(Trace trace, int interval) {
      this.trace = trace;
      this.interval = interval;
    }

    @Override
    public void resumed() {
      end(false);
    }

    private void end(boolean failed) {
      trace.close(interval, System.nanoTime(), failed);
    }
  }
}

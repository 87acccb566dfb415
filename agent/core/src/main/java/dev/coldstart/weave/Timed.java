package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;

/** Times a method and adds notes to its interval. */
final class Timed extends Hook {
  private final Note note;

  Timed(Note note) {
    this.note = note;
  }

  @Override
  public Object before(int site, Object self, Object[] args) {
    return note.wants(self, args) ? (Object) Recorder.enter(site) : null;
  }

  @Override
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    if (state == null) {
      return result;
    }
    int token = (Integer) state;
    Object problem = thrown;
    try {
      if (problem == null) {
        problem = note.failure(result);
      }
      if (problem == null) {
        note.note(self, args, result);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      if (problem == null) {
        Recorder.exit(token);
      } else {
        fail(problem, site, token);
      }
    }
    return result;
  }

  private static void fail(Object problem, int site, int token) {
    if (problem instanceof Throwable thrown) {
      Recorder.fail(thrown, token);
      return;
    }
    Trace trace = Recorder.target();
    int interval = token < 0 ? -1 : Scope.current().parentIn(trace);
    if (interval >= 0 && trace.site(interval) == site) {
      trace.note(interval, Trace.ERROR, ErrorType.of(problem));
      trace.close(interval, System.nanoTime(), true);
    }
    Recorder.exit(token);
  }
}

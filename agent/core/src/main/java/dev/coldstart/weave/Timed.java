package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;

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
    Throwable problem = thrown;
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
        Recorder.fail(problem, token);
      }
    }
    return result;
  }
}

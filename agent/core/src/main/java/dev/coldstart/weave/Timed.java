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
    return Recorder.enter(site);
  }

  @Override
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    int token = state == null ? -1 : (Integer) state;
    if (thrown != null) {
      Recorder.fail(token);
      return result;
    }
    try {
      note.note(self, args, result);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    } finally {
      Recorder.exit(token);
    }
    return result;
  }
}

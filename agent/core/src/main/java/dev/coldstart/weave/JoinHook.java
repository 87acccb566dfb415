package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;

/** A hook that lets a thread work for some request while a method runs. */
public abstract class JoinHook extends Hook {
  /**
   * The method begins.
   *
   * @return the token of {@code Recorder.join}, -1 to leave the thread as it is
   */
  protected abstract int join(Object self, Object[] args);

  @Override
  public final Object before(int site, Object self, Object[] args) {
    return join(self, args);
  }

  @Override
  public final Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    if (state != null) {
      Recorder.detach((Integer) state);
    }
    return result;
  }
}

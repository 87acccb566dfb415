package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;

/** A hook that only looks at the normal return of a method or constructor. */
public abstract class ReturnHook extends Hook {
  /**
   * The method returned.
   *
   * @param self the receiver, the new object of a constructor; null for static methods
   * @param result null for primitives and void
   */
  protected abstract void returned(Object self, Object[] args, Object result);

  @Override
  public final Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    if (thrown == null) {
      returned(self, args, result);
    }
    return result;
  }
}

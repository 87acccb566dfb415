package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;

/** A hook that only looks at the entry of a method. */
public abstract class EntryHook extends Hook {
  /**
   * The method begins.
   *
   * @param self the receiver; null for static methods and in constructors
   */
  protected abstract void entered(Object self, Object[] args);

  @Override
  public final Object before(int site, Object self, Object[] args) {
    entered(self, args);
    return null;
  }
}

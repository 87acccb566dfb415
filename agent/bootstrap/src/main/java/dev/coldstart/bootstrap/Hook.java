package dev.coldstart.bootstrap;

/**
 * What woven code calls when a value must be read. Implemented by library files inside the agent's
 * own loader, so the application never sees an implementation.
 *
 * <p>Implementations run on application threads: they must not block, and whatever they throw is
 * swallowed and counted by {@link Recorder}.
 */
public abstract class Hook {
  /**
   * Called at method entry.
   *
   * @param self the receiver; null for static methods and in constructors
   * @param args the arguments, boxed; not to be changed
   * @return any state for {@link #after}, may be null
   */
  public Object before(int site, Object self, Object[] args) {
    return null;
  }

  /**
   * Called when the method returns or throws.
   *
   * @param state what {@link #before} returned
   * @param self the receiver; null for static methods
   * @param result the returned reference; null for primitives, void, null and exceptions
   * @param thrown what was thrown, null on return
   * @return what the caller gets, used only where the probe says it replaces the result
   */
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    return result;
  }
}

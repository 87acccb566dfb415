package dev.coldstart.weave;

/** Adds facts to a timed interval by {@code Recorder.note}, just before it ends. */
public interface Note {
  /**
   * Called when the method returned normally, or with what its future or publisher gave.
   *
   * @param self the receiver, null for static methods
   * @param args the arguments, boxed
   * @param result the returned reference, null for primitives and void
   */
  void note(Object self, Object[] args, Object result) throws Exception;

  /**
   * What went wrong, for methods that give it back and do not throw it: the call has failed then.
   *
   * @param result as {@link #note} would get it
   * @return an exception, or where there is none the status of an HTTP response as an {@code
   *     Integer}; null when nothing did
   */
  default Object failure(Object result) {
    return null;
  }

  /** Called when a publisher that had so many elements completed or was cancelled. */
  default void elements(long count) {}

  /** Whether a call is timed at all, for methods that do other things too. */
  default boolean wants(Object self, Object[] args) {
    return true;
  }
}

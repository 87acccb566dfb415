package dev.coldstart.bootstrap;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What woven code calls when a value must be read. Implemented by library files inside the agent's
 * own loader, so the application never sees an implementation.
 *
 * <p>Implementations run on application threads: they must not block, and whatever they throw is
 * swallowed and counted here.
 */
public abstract class Hook {
  /** Exceptions swallowed inside probes. */
  public static final AtomicInteger FAILURES = new AtomicInteger();

  /** Type and place of one swallowed exception, for the report's warning; never its message. */
  public static volatile String failure;

  private static final int MAX_FAILURES_PER_SITE = 10;

  /** Failures at each site. */
  static final byte[] BY_SITE = new byte[1 << 12];

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

  /** Counts an exception a callback of ours kept from the application. */
  public static void swallowed(Throwable t) {
    FAILURES.incrementAndGet();
    try {
      StackTraceElement[] stack = t.getStackTrace();
      failure = t.getClass().getName() + (stack.length == 0 ? "" : " at " + stack[0]);
    } catch (OutOfMemoryError e) {
      failure = "java.lang.OutOfMemoryError";
    }
  }

  /** The same for the hook of a site, which is switched off when it fails again and again. */
  static void failed(int site, Throwable t) {
    swallowed(t);
    if (site < BY_SITE.length && ++BY_SITE[site] >= MAX_FAILURES_PER_SITE) {
      Recorder.hooks[site] = null;
    }
  }
}

package dev.coldstart.agent;

import java.lang.reflect.Method;
import java.util.function.LongSupplier;

/**
 * Whether the process was restored from a snapshot (CRaC). Asks the runtime, where it offers {@code
 * jdk.crac.management.CRaCMXBean}; nowhere else is a restore seen. Used by the background thread
 * only, never before the first request has completed.
 */
final class Restores {
  private static final String BEAN = "jdk.crac.management.CRaCMXBean";

  /** The runtime tells ms; two readings of one restore may differ by rounding. */
  private static final long SAME_NANOS = 100_000_000;

  private final LongSupplier uptimeMillis;
  private final LongSupplier nanoTime;
  private boolean known;
  private long lastNanos;

  /**
   * @param uptimeMillis ms since the last restore, negative for none
   */
  Restores(LongSupplier uptimeMillis, LongSupplier nanoTime) {
    this.uptimeMillis = uptimeMillis;
    this.nanoTime = nanoTime;
  }

  static Restores ofRuntime() {
    return new Restores(runtime(), System::nanoTime);
  }

  /** Whether there was a restore since the last call that was at or before this time. */
  boolean restoredBefore(long nanos) {
    long uptime = uptimeMillis.getAsLong();
    if (uptime < 0) {
      return false;
    }
    long at = nanoTime.getAsLong() - uptime * 1_000_000;
    if ((known && at - lastNanos < SAME_NANOS) || at - nanos > SAME_NANOS) {
      return false;
    }
    known = true;
    lastNanos = at;
    return true;
  }

  private static LongSupplier runtime() {
    try {
      Class<?> type = Class.forName(BEAN, true, ClassLoader.getPlatformClassLoader());
      Object bean = type.getMethod("getCRaCMXBean").invoke(null);
      Method uptime = type.getMethod("getUptimeSinceRestore");
      return () -> read(uptime, bean);
    } catch (ReflectiveOperationException | LinkageError e) {
      return () -> -1;
    }
  }

  private static long read(Method uptime, Object bean) {
    try {
      return (Long) uptime.invoke(bean);
    } catch (ReflectiveOperationException e) {
      return -1;
    }
  }
}

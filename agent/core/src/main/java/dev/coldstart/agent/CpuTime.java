package dev.coldstart.agent;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * CPU time of the process. From {@code /proc/self/stat}, which needs no JMX; elsewhere from the
 * bean, once something else has loaded JMX. Not thread-safe.
 */
final class CpuTime {
  /** The unit of {@code /proc}, the same on all platforms of Linux that Java runs on. */
  private static final long TICK_NANOS = 10_000_000;

  private static final String FILE = "/proc/self/stat";

  /** utime and stime are fields 14 and 15; the third follows the command's name. */
  private static final int FIELDS_BEFORE_UTIME = 11;

  private final boolean linux = SmallFile.read(FILE) != null;
  private boolean jmxLoaded;

  /** From now on JMX may be used. */
  void jmxLoaded() {
    jmxLoaded = true;
  }

  /** ns since the process started, in steps of 10 ms on Linux; null when unknown. */
  Long nanos() {
    if (linux) {
      return parse(SmallFile.read(FILE));
    }
    if (jmxLoaded
        && ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean bean) {
      long nanos = bean.getProcessCpuTime();
      return nanos < 0 ? null : (Long) nanos;
    }
    return null;
  }

  /** User and system time of a line of {@code /proc/<pid>/stat}, ns; null when it is none. */
  static Long parse(String stat) {
    // The command's name is in parentheses and may hold anything, parentheses too.
    int at = stat == null ? -1 : stat.lastIndexOf(") ");
    if (at < 0) {
      return null;
    }
    at += 2;
    for (int i = 0; i < FIELDS_BEFORE_UTIME; i++) {
      at = stat.indexOf(' ', at) + 1;
      if (at == 0) {
        return null;
      }
    }
    int middle = stat.indexOf(' ', at);
    int end = middle < 0 ? -1 : stat.indexOf(' ', middle + 1);
    if (end < 0) {
      return null;
    }
    try {
      return (Long.parseLong(stat, at, middle, 10) + Long.parseLong(stat, middle + 1, end, 10))
          * TICK_NANOS;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}

package dev.coldstart.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;

/**
 * The JVM's own performance counters, read from its memory: no JMX is loaded for them. There are
 * none with {@code -XX:-UsePerfData}. What each of them measures was tried out (decision 0009).
 * Thread-safe: its memory is written by the JVM only.
 */
final class JvmCounters {
  static final int FREQUENCY = 0;
  static final int JIT = 1;
  static final int SAFEPOINT = 2;

  /** The four are exclusive of each other: together they are what loading took. */
  static final int LOAD_APP = 3;

  static final int DEFINE_APP = 4;
  static final int LINK = 5;
  static final int VERIFY = 6;
  static final int LOAD_BOOT = 7;

  static final int INIT = 8;
  static final int CLASSES = 9;
  static final int CLASSES_SHARED = 10;
  static final int FIRST_GC = 11;

  private static final String[] NAMES = {
    "sun.os.hrt.frequency",
    "java.ci.totalTime",
    "sun.rt.safepointTime",
    "sun.cls.appClassLoadTime.self",
    "sun.cls.defineAppClassTime.self",
    "sun.cls.classLinkedTime.self",
    "sun.cls.classVerifyTime.self",
    "sun.cls.sysClassLoadTime",
    "sun.cls.classInitTime.self",
    "java.cls.loadedClasses",
    "java.cls.sharedLoadedClasses",
    "sun.gc.collector.0.time",
    "sun.gc.collector.1.time",
    "sun.gc.collector.2.time",
    "sun.gc.collector.3.time",
  };

  private static final int MAGIC = 0xcafec0c0;
  private static final int HEADER_BYTES = 32;
  private static final int ENTRY_BYTES = 20;
  private static final double NANOS_PER_SECOND = 1e9;

  private final ByteBuffer memory;

  /** Where each value is, 0 for a counter this JVM does not have. */
  private final int[] offsets = new int[NAMES.length];

  private final double nanosPerTick;

  /**
   * Counters in a block of the format of {@code hsperfdata} files, version 2.
   *
   * @param block empty when the JVM keeps none
   */
  JvmCounters(ByteBuffer block) {
    memory = block.duplicate();
    if (memory.capacity() > HEADER_BYTES && memory.order(ByteOrder.BIG_ENDIAN).getInt(0) == MAGIC) {
      memory.order(memory.get(4) == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      index();
    }
    Long frequency = value(FREQUENCY);
    nanosPerTick = frequency == null || frequency <= 0 ? 0 : NANOS_PER_SECOND / frequency;
  }

  /** Those of this JVM; without values when it keeps none or hides them. */
  static JvmCounters attach(Instrumentation instrumentation) {
    try {
      instrumentation.redefineModule(
          Object.class.getModule(),
          Set.of(),
          Map.of("jdk.internal.perf", Set.of(JvmCounters.class.getModule())),
          Map.of(),
          Set.of(),
          Map.of());
      Class<?> type = Class.forName("jdk.internal.perf.Perf");
      Object perf = type.getMethod("getPerf").invoke(null);
      return new JvmCounters(attach(type, perf));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return new JvmCounters(ByteBuffer.allocate(0));
    }
  }

  /** Process 0 is this one. Up to JDK 21 or so the mode was an argument. */
  private static ByteBuffer attach(Class<?> type, Object perf) throws ReflectiveOperationException {
    try {
      return (ByteBuffer) type.getMethod("attach", int.class).invoke(perf, 0);
    } catch (NoSuchMethodException e) {
      Method attach = type.getMethod("attach", int.class, String.class);
      return (ByteBuffer) attach.invoke(perf, 0, "r");
    }
  }

  /** Whether there is anything to read. */
  boolean available() {
    return nanosPerTick > 0;
  }

  /** A count; null when this JVM does not have it. */
  Long value(int counter) {
    return offsets[counter] == 0 ? null : (Long) memory.getLong(offsets[counter]);
  }

  /** The sum of times of which at least one must be known, ns; null when none is. */
  Long nanos(int first, int last) {
    long ticks = 0;
    boolean known = false;
    for (int i = first; i <= last; i++) {
      Long value = value(i);
      if (value != null) {
        ticks += value;
        known = true;
      }
    }
    return known && available() ? (Long) (long) (ticks * nanosPerTick) : null;
  }

  /** Time in collections, of all collectors, ns; null when unknown. */
  Long gcNanos() {
    return nanos(FIRST_GC, NAMES.length - 1);
  }

  /** Entries: length, offset of name, .., .., offset of value at 16; see perfMemory.hpp. */
  private void index() {
    int at = memory.getInt(24);
    int count = memory.getInt(28);
    for (int i = 0; i < count && at > 0 && at + ENTRY_BYTES <= memory.capacity(); i++) {
      boolean number = memory.get(at + 12) == 'J' && memory.getInt(at + 8) == 0;
      for (int name = 0; number && name < NAMES.length; name++) {
        int value = at + memory.getInt(at + 16);
        if (value + Long.BYTES <= memory.capacity()
            && matches(at + memory.getInt(at + 4), NAMES[name])) {
          offsets[name] = value;
        }
      }
      at += memory.getInt(at);
    }
  }

  private boolean matches(int at, String name) {
    int length = name.length();
    if (at + length >= memory.capacity() || memory.get(at + length) != 0) {
      return false;
    }
    // From the end: the beginnings are alike.
    for (int i = length - 1; i >= 0; i--) {
      if (memory.get(at + i) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}

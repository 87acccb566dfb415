package dev.coldstart.weave;

import dev.coldstart.bootstrap.Recorder;
import java.util.function.LongSupplier;

/**
 * What loading classes took while an interval was open: first uses of a library are often little
 * else. Of the whole process, so that another thread that loads at the same time counts too. How
 * many, our own transformer sees; how long, the JVM's counters tell once the agent has them.
 */
public final class ClassLoading {
  private static final String COUNT = "process_classes";
  private static final String TIME = "process_class_load_ns";

  /** Time spent on loading so far, ns, negative when unknown. */
  private static volatile LongSupplier nanos;

  private final long classesBefore;
  private final long nanosBefore;

  private ClassLoading(long classesBefore, long nanosBefore) {
    this.classesBefore = classesBefore;
    this.nanosBefore = nanosBefore;
  }

  /**
   * Who tells how long loading took.
   *
   * @param counter time so far in ns, negative when unknown; called by any thread
   */
  public static void countedBy(LongSupplier counter) {
    nanos = counter;
  }

  /** An interval begins. */
  static ClassLoading from() {
    return new ClassLoading(Recorder.classesDefined(), now());
  }

  /** The innermost open interval ends: notes what was loaded since, if anything was. */
  void note() {
    long classes = Recorder.classesDefined() - classesBefore;
    if (classes == 0) {
      return;
    }
    Recorder.note(COUNT, classes);
    long now = now();
    if (nanosBefore >= 0 && now >= nanosBefore) {
      Recorder.note(TIME, now - nanosBefore);
    }
  }

  private static long now() {
    LongSupplier counter = nanos;
    return counter == null ? -1 : counter.getAsLong();
  }
}

package dev.coldstart.agent;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.weave.ClassLoading;
import java.lang.instrument.Instrumentation;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The latest samples of the process, taken on the background thread whenever it wakes up: when a
 * request begins, when its window ends, when it ends, and every second. In a busy service
 * beginnings no longer wake it up. Used by that thread only.
 */
final class ProcessSamples {
  private static final int KEPT = 512;

  /** Wake-ups with ended requests, until beginnings stop to wake: more than are kept in full. */
  private static final int WATCHED_ENDINGS = 128;

  private static final long BUSY_SPACING_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long WATCHED_SPACING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final JvmCounters counters;
  private final CpuTime cpu = new CpuTime();
  private final Cgroup cgroup = new Cgroup();
  private final Stops stops = new Stops();
  private final ProcessSample[] ring = new ProcessSample[KEPT];
  private int taken;
  private int endings;
  private long endedNanos = System.nanoTime();

  ProcessSamples(JvmCounters counters) {
    this.counters = counters;
    add(read());
  }

  /** Begins to look at this process. */
  static ProcessSamples start(Instrumentation instrumentation) {
    ProcessSamples samples = new ProcessSamples(JvmCounters.attach(instrumentation));
    ClassLoading.countedBy(samples.new LoadingTime());
    Recorder.watched = true;
    return samples;
  }

  /** Takes one, unless the last is quite new: the background thread woke up, or has been busy. */
  void take() {
    long spacing = Recorder.watched ? WATCHED_SPACING_NANOS : BUSY_SPACING_NANOS;
    if (System.nanoTime() - ring[(taken - 1) % KEPT].atNanos() >= spacing) {
      add(read());
    }
  }

  /**
   * The background thread has slept.
   *
   * @param sinceNanos since when
   * @param askedNanos how long it wanted to, at most
   */
  void slept(long sinceNanos, long askedNanos) {
    long now = System.nanoTime();
    if (now - sinceNanos > 2 * askedNanos) {
      ProcessSample before = ring[(taken - 1) % KEPT];
      ProcessSample after = read();
      add(after);
      stops.slept(sinceNanos, now, askedNanos, after.since(before).cpuNanos());
    }
  }

  /** When the process did not run. */
  Stops stops() {
    return stops;
  }

  /**
   * The background thread has looked for ended requests.
   *
   * @param any whether there were any, also such as nobody reports
   */
  void requestsEnded(boolean any) {
    if (any) {
      endings++;
      endedNanos = System.nanoTime();
    }
    // After a quiet stretch the next request may be one to explain again.
    long quietNanos = System.nanoTime() - endedNanos;
    Recorder.watched = endings < WATCHED_ENDINGS || quietNanos > QUIET_NANOS;
  }

  /** From now on JMX may be used. */
  void jmxLoaded() {
    cpu.jmxLoaded();
  }

  /** Whether the JVM keeps counters that can be read. */
  boolean hasCounters() {
    return counters.available();
  }

  /** The sample nearest to a {@link System#nanoTime()} value. */
  ProcessSample nearest(long nanos) {
    ProcessSample best = null;
    for (int i = Math.max(0, taken - KEPT); i < taken; i++) {
      ProcessSample sample = ring[i % KEPT];
      if (best == null || Math.abs(sample.atNanos() - nanos) < Math.abs(best.atNanos() - nanos)) {
        best = sample;
      }
    }
    return best;
  }

  void add(ProcessSample sample) {
    ring[taken++ % KEPT] = sample;
  }

  private ProcessSample read() {
    return new ProcessSample(
        System.nanoTime(),
        cpu.nanos(),
        cgroup.throttledNanos(),
        counters.gcNanos(),
        counters.nanos(JvmCounters.SAFEPOINT, JvmCounters.SAFEPOINT),
        counters.nanos(JvmCounters.JIT, JvmCounters.JIT),
        counters.nanos(JvmCounters.LOAD_APP, JvmCounters.LOAD_BOOT),
        counters.nanos(JvmCounters.INIT, JvmCounters.INIT),
        classes());
  }

  /** Time in class loading so far, of all threads. May be asked on any thread. */
  private final class LoadingTime implements LongSupplier {
    @Override
    public long getAsLong() {
      Long nanos = counters.nanos(JvmCounters.LOAD_APP, JvmCounters.LOAD_BOOT);
      return nanos == null ? -1 : nanos;
    }
  }

  private Long classes() {
    Long defined = counters.value(JvmCounters.CLASSES);
    Long shared = counters.value(JvmCounters.CLASSES_SHARED);
    return defined == null || shared == null ? null : (Long) (defined + shared);
  }
}

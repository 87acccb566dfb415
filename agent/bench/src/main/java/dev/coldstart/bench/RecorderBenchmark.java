package dev.coldstart.bench;

import dev.coldstart.bootstrap.Recorder;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a woven method pays: one {@code enter} and one {@code exit}. Each invocation is a request
 * with 60 intervals, about what the demo's warm one has, so that the recorder never gets to its
 * limits; making it is a part of the figure, because a harness that did it outside would read the
 * clock and miss the caches in between. Threads work for requests of their own, as those of a server do: time per operation that
 * grows with the threads, as long as there are processors, would be a shared cache line.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecorderBenchmark {
  private static final int INTERVALS = 60;
  private static final int SITE = 20;

  /** One thread. */
  @Benchmark
  @OperationsPerInvocation(INTERVALS)
  public void enterExit() {
    int request = Recorder.join(Recorder.scratch());
    for (int i = 0; i < INTERVALS; i++) {
      Recorder.exit(Recorder.enter(SITE));
    }
    Recorder.detach(request);
  }

  /** As many threads as a small machine has processors. */
  @Benchmark
  @Threads(2)
  @OperationsPerInvocation(INTERVALS)
  public void enterExitOn2() {
    enterExit();
  }

  /** More threads than that: divide by threads for each processor. */
  @Benchmark
  @Threads(16)
  @OperationsPerInvocation(INTERVALS)
  public void enterExitOn16() {
    enterExit();
  }

  /** A request without intervals, for what it allocates. */
  @Benchmark
  public void request() {
    Recorder.detach(Recorder.join(Recorder.scratch()));
  }

  /** What the clock alone costs: each interval reads it twice. */
  @Benchmark
  public long clock() {
    return System.nanoTime();
  }
}

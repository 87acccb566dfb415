package dev.coldstart.agent;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.export.WarmStats;
import dev.coldstart.report.RequestReport;
import dev.coldstart.weave.Index;
import dev.coldstart.weave.Weaver;
import dev.coldstart.weave.WovenCache;
import java.io.IOException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the agent's thread does with each warm request that has ended, from its trace to the counts
 * of the histograms. In the package of what it measures, which nobody else may see.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadBenchmark {
  private static final int FIRST_SITE = 16;
  private static final int SITES = 100;
  private static final int DEPTH = 4;

  /** Intervals of the request: a small one, and about what the demo's warm one has. */
  @Param({"2", "60"})
  private int intervals;

  private final RequestReader reader = new RequestReader(Clock.now());
  private final StartKinds kinds =
      new StartKinds(FirstRequests.none(), TimeUnit.DAYS.toNanos(1), Restores.ofRuntime());
  private final WarmStats statistics = new WarmStats();
  private Trace trace;

  /** Records one, of the steps of all kinds of libraries. */
  @Setup
  public void record() throws IOException {
    new Weaver(Index.read(Set.of()), WovenCache.off(), () -> {});
    Random random = new Random(1);
    trace = Recorder.begin("GET", "/chat", null);
    int joined = Recorder.join(trace);
    for (int i = 0; i < intervals; i += DEPTH) {
      int[] open = new int[DEPTH];
      for (int depth = 0; depth < Math.min(DEPTH, intervals - i); depth++) {
        open[depth] = Recorder.enter(FIRST_SITE + random.nextInt(SITES));
        work(random);
      }
      for (int depth = Math.min(DEPTH, intervals - i) - 1; depth >= 0; depth--) {
        Recorder.exit(open[depth]);
        work(random);
      }
    }
    Recorder.detach(joined);
    Recorder.end(trace);
  }

  private static void work(Random random) {
    long until = System.nanoTime() + random.nextInt(200_000);
    while (System.nanoTime() - until < 0) {
      Thread.onSpinWait();
    }
  }

  /** One request. */
  @Benchmark
  public RequestReport read() {
    RequestReport request = kinds.of(reader.read(trace, 1), new Trace[0]);
    statistics.record(request);
    return request;
  }
}

package dev.coldstart.bench;

import dev.coldstart.phase.Attribution;
import dev.coldstart.phase.Attributor;
import dev.coldstart.phase.Interval;
import dev.coldstart.phase.Phase;
import dev.coldstart.report.ReportJson;
import dev.coldstart.report.RunReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

/** What the agent's thread does with a request once it has ended. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReportBenchmark {
  private static final long WINDOW_NANOS = 2_000_000_000;

  /** Intervals of the request; 65,536 is the most one can have. */
  @Param({"60", "5000", "65536"})
  private int intervals;

  /** A report to write; a golden file of the build by default. */
  @Param("agent/core/src/test/resources/dev/coldstart/report/warm.json")
  private String report;

  private List<Interval> recorded;
  private RunReport run;

  /** Made once: random times, each below one of the eight before it. */
  @Setup
  public void make() throws IOException {
    Random random = new Random(1);
    Phase[] phases = Phase.values();
    recorded = new ArrayList<>();
    for (int i = 0; i < intervals; i++) {
      long start = (long) (random.nextDouble() * WINDOW_NANOS);
      long end = start + (long) (random.nextDouble() * WINDOW_NANOS / 20);
      int parent = i == 0 ? -1 : Math.max(-1, i - 1 - random.nextInt(8));
      String phase = phases[random.nextInt(phases.length)].id();
      recorded.add(
          new Interval(
              i, parent, phase, "work", start, end, i % 16, "t", false, false, false, Map.of()));
    }
    run = ReportJson.read(Files.readString(Path.of(report)));
  }

  /** Gives each nanosecond of a window its owner. */
  @Benchmark
  public Attribution attribute() {
    return Attributor.attribute(0, WINDOW_NANOS, recorded);
  }

  /** A report as JSON text. */
  @Benchmark
  public String json() {
    return ReportJson.write(run);
  }
}

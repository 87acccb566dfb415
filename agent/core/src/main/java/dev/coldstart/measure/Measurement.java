package dev.coldstart.measure;

import dev.coldstart.measure.Samples.Environment;
import dev.coldstart.measure.Samples.Run;
import dev.coldstart.measure.Samples.Variant;
import dev.coldstart.report.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs a plan: the variants take turns (A B A B), so that a machine that gets slower does so for
 * all of them. The results file is replaced after every run. {@link #interrupt} may be called from
 * any thread; all else belongs to one.
 */
public final class Measurement {
  private static final long INTERRUPT_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
  private static final long POLL_MILLIS = 50;
  private static final long TIDY_UP_SECONDS = 3;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Plan plan;
  private final Launch launch;
  private final Path file;
  private final Environment environment;
  private final List<Variant> variants = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();
  private ProcessTree current;
  private boolean interrupted;

  /** Is told of every run. */
  public interface Progress {
    /** A run begins. */
    void begins(String variant, int run, int done, int total);

    /** A run has ended. */
    void ended(Run run, List<String> lastLines);
  }

  /**
   * A measurement that has not begun.
   *
   * @param file where the samples go
   */
  public Measurement(Plan plan, Launch launch, Path file, Environment environment) {
    this.plan = plan;
    this.launch = launch;
    this.file = file;
    this.environment = environment;
    for (Plan.Way way : plan.variants()) {
      variants.add(
          new Variant(
              way.name(), Launch.withoutValues(way.options()), launch.attaches(way.agent())));
    }
  }

  /** What was measured so far. */
  public synchronized Samples samples() {
    return new Samples(Samples.SCHEMA, environment, List.copyOf(variants), List.copyOf(runs));
  }

  /**
   * Measures until all runs are done or one fails.
   *
   * @throws IOException with one line for people; what was measured before is in the file
   */
  public void run(Progress progress) throws IOException, InterruptedException {
    try {
      runAll(progress);
    } finally {
      ended.countDown();
    }
  }

  /** Stops what runs now, and returns when all is tidied up; finished runs stay in the file. */
  public void interrupt() throws InterruptedException {
    synchronized (this) {
      interrupted = true;
      notifyAll();
      if (current != null) {
        current.kill();
      }
    }
    ended.await(TIDY_UP_SECONDS, TimeUnit.SECONDS);
  }

  private void runAll(Progress progress) throws IOException, InterruptedException {
    // Before minutes of work: can it be written?
    write();
    Visitor.warmUp();
    int total = plan.runs() * variants.size();
    for (int index = 1; index <= plan.runs(); index++) {
      for (int v = 0; v < variants.size(); v++) {
        progress.begins(variants.get(v).name(), index, samples().runs().size(), total);
        run(v, index, progress);
      }
    }
  }

  private void run(int v, int index, Progress progress) throws IOException, InterruptedException {
    Variant variant = variants.get(v);
    Path folder = Files.createTempDirectory("coldstart-measure");
    try {
      prepare(variant, index);
      Path reports = folder.resolve("reports");
      ProcessBuilder builder = launch.process(variant, plan.variants().get(v).options(), reports);
      long startNanos = System.nanoTime();
      ProcessTree tree = start(builder);
      ColdRun cold =
          new ColdRun(plan, plan.variants().get(v).agent() ? reports : null, tree, startNanos);
      Run run;
      try {
        run = cold.measure(variant, index);
      } finally {
        tree.kill();
      }
      add(run);
      progress.ended(run, cold.tail());
      if (!run.ok() && !plan.keepGoing()) {
        throw new IOException(
            "stopped at a run that failed; what was measured is in "
                + file
                + "; --keep-going goes on all the same");
      }
    } finally {
      delete(folder);
    }
  }

  private void prepare(Variant variant, int index) throws IOException, InterruptedException {
    if (plan.prepare() == null) {
      return;
    }
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    String command = plan.prepare().replace(Launch.VARIANT, variant.name());
    ProcessBuilder builder =
        windows
            ? new ProcessBuilder("cmd", "/c", command)
            : new ProcessBuilder("sh", "-c", command);
    builder.environment().put("COLDSTART_VARIANT", variant.name());
    builder.environment().put("COLDSTART_RUN", String.valueOf(index));
    ProcessTree tree = start(builder);
    Output output = new Output(new Readiness.Exit());
    output.read(tree.root().getInputStream(), true);
    output.read(tree.root().getErrorStream(), false);
    try {
      if (!tree.root().waitFor(plan.timeoutNanos(), TimeUnit.NANOSECONDS)) {
        throw new IOException("--prepare takes too long; --timeout gives it more");
      }
      if (tree.root().exitValue() != 0) {
        throw new IOException(
            "--prepare ended with code "
                + tree.root().exitValue()
                + "; its last lines: "
                + String.join(" | ", output.tail()));
      }
    } finally {
      tree.kill();
    }
  }

  private synchronized ProcessTree start(ProcessBuilder builder) throws InterruptedException {
    if (interrupted) {
      throw new InterruptedException();
    }
    try {
      current = new ProcessTree(builder.start());
      current.root().getOutputStream().close();
      return current;
    } catch (IOException e) {
      String program = builder.command().get(0);
      throw new BadInput(
          "cannot start " + program + ": check the command after -- (is it on the PATH?)", e);
    }
  }

  private synchronized void add(Run run) throws IOException, InterruptedException {
    // Ctrl-C reaches the service as well, perhaps first: then it did not fail.
    long begin = System.nanoTime();
    while (!run.ok() && !interrupted && System.nanoTime() - begin < INTERRUPT_NANOS) {
      wait(POLL_MILLIS);
    }
    if (interrupted) {
      throw new InterruptedException();
    }
    runs.add(run);
    write();
  }

  private synchronized void write() throws IOException {
    byte[] json = SamplesJson.write(samples()).getBytes(StandardCharsets.UTF_8);
    try {
      WholeFile.replace(file, json);
    } catch (IOException e) {
      throw new IOException("cannot write " + file + ": name a file in a writable folder", e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}

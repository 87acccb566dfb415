package dev.coldstart.cli;

import dev.coldstart.measure.Measurement;
import dev.coldstart.measure.Samples.Run;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/** One line that is drawn again for every run, on a terminal; else only what failed. */
final class ProgressBar implements Measurement.Progress {
  private static final int WIDTH = 24;
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintWriter err;
  private final boolean terminal;
  private final long beginNanos = System.nanoTime();

  ProgressBar(PrintWriter err, boolean terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public void begins(String variant, int run, int done, int total) {
    if (!terminal) {
      return;
    }
    int full = WIDTH * done / total;
    err.print(ERASE_LINE + "[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] ");
    err.print(done + "/" + total + "  " + variant + ", run " + run);
    if (done > 0) {
      long leftNanos = (System.nanoTime() - beginNanos) / done * (total - done);
      err.print("  about " + time(leftNanos) + " left");
    }
    err.flush();
  }

  @Override
  public void ended(Run run, List<String> lastLines) {
    erase();
    if (!run.ok()) {
      err.println(
          "coldstart: run " + run.index() + " of " + run.variant() + " failed: " + run.problem());
      lastLines.forEach(line -> err.println("  | " + Main.oneLine(line.replace("\t", "  "))));
    }
  }

  void erase() {
    if (terminal) {
      err.print(ERASE_LINE);
      err.flush();
    }
  }

  private static String time(long nanos) {
    Duration left = Duration.ofNanos(nanos);
    return left.toMinutes() == 0
        ? left.toSeconds() + " s"
        : left.toMinutes() + " min " + left.toSecondsPart() + " s";
  }
}

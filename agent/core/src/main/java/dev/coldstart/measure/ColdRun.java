package dev.coldstart.measure;

import dev.coldstart.measure.RequestFile.Ask;
import dev.coldstart.measure.Samples.Inside;
import dev.coldstart.measure.Samples.Run;
import dev.coldstart.measure.Samples.Variant;
import dev.coldstart.measure.Samples.Visit;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One process from its start until it is stopped. */
final class ColdRun {
  private static final long POLL_MILLIS = 5;
  private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Plan plan;
  private final Path reports;
  private final ProcessTree tree;
  private final Output output;
  private final long startNanos;
  private final long startEpochMillis;
  private final Visitor visitor = new Visitor();
  private final List<Visit> warm = new ArrayList<>();
  private Long readyNanos;
  private Visit first;
  private Long cpuNanos;

  /**
   * A run whose process was just started.
   *
   * @param reports where the agent writes; null without the agent
   * @param startNanos {@link System#nanoTime()} before it was started
   */
  ColdRun(Plan plan, Path reports, ProcessTree tree, long startNanos) {
    this.plan = plan;
    this.reports = reports;
    this.tree = tree;
    this.startNanos = startNanos;
    this.startEpochMillis = System.currentTimeMillis();
    output = new Output(plan.readiness());
    output.read(tree.root().getInputStream(), true);
    output.read(tree.root().getErrorStream(), false);
  }

  /** Waits, asks, stops it; what went wrong is in the result. */
  Run measure(Variant variant, int index) throws InterruptedException {
    String status = "ok";
    String problem = null;
    try {
      awaitReady();
      tree.look();
      if (plan.requests() != null) {
        visit();
      }
      cpuNanos = tree.cpuNanos();
    } catch (NotReady e) {
      status = "not ready";
      problem = e.getMessage();
    } catch (TimeoutException e) {
      status = "timeout";
      problem =
          (readyNanos == null ? "not ready" : "a request was not answered")
              + " after "
              + TimeUnit.NANOSECONDS.toSeconds(plan.timeoutNanos())
              + " s; --timeout gives it more";
    } catch (IOException e) {
      status = "request failed";
      problem = (first == null ? "first request: " : "warm request: ") + e.getMessage();
    }
    boolean ended = !tree.root().isAlive();
    if (!ended && reports != null && first != null) {
      Reports.await(reports, REPORT_NANOS);
    }
    tree.stop(plan.graceMillis());
    return new Run(
        variant.name(),
        index,
        status,
        problem,
        startEpochMillis,
        readyNanos,
        ended ? (Integer) tree.root().exitValue() : null,
        cpuNanos,
        first,
        List.copyOf(warm),
        inside());
  }

  /** What the process printed last. */
  List<String> tail() {
    return output.tail();
  }

  private Inside inside() {
    return reports == null ? null : Reports.read(reports);
  }

  private void awaitReady() throws NotReady, TimeoutException, InterruptedException {
    while (true) {
      boolean alive = tree.root().isAlive();
      Long ready = ready(alive);
      if (ready != null) {
        readyNanos = ready - startNanos;
        return;
      }
      if (!alive) {
        int code = tree.root().exitValue();
        throw new NotReady("ended with code " + code + " before it was ready");
      }
      left();
      if (plan.readiness() instanceof Readiness.Exit) {
        tree.root().waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } else {
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    }
  }

  /** When it became ready, {@link System#nanoTime()}; null while it is not. */
  private Long ready(boolean alive) throws NotReady, TimeoutException, InterruptedException {
    Readiness readiness = plan.readiness();
    if (readiness instanceof Readiness.Exit) {
      if (!alive && tree.root().exitValue() != 0) {
        throw new NotReady("ended with code " + tree.root().exitValue());
      }
      return alive ? null : (Long) System.nanoTime();
    }
    if (readiness instanceof Readiness.Port port) {
      return accepts(port) ? (Long) System.nanoTime() : null;
    }
    if (readiness instanceof Readiness.Url url) {
      try {
        visitor.ask(Ask.get(url.url()), left());
        return System.nanoTime();
      } catch (IOException e) {
        return null;
      }
    }
    return output.readyNanos();
  }

  private static boolean accepts(Readiness.Port port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(port.host(), port.port()), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void visit() throws IOException, TimeoutException, InterruptedException {
    first = visitor.ask(plan.requests().first().at(output.names()), left());
    Ask ask = plan.requests().warm().at(output.names());
    for (int i = 0; i < plan.warm(); i++) {
      warm.add(visitor.ask(ask, left()));
    }
  }

  private long left() throws TimeoutException {
    long left = plan.timeoutNanos() - elapsed();
    if (left <= 0) {
      throw new TimeoutException("time is up");
    }
    return left;
  }

  private long elapsed() {
    return System.nanoTime() - startNanos;
  }

  /** It ended instead. */
  private static final class NotReady extends Exception {
    private static final long serialVersionUID = 1L;

    NotReady(String message) {
      super(message);
    }
  }
}

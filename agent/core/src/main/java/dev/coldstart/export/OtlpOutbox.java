package dev.coldstart.export;

import io.opentelemetry.exporter.internal.FailedExportException;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Traces on their way to one collector: sent in order, each as often as it takes, by a daemon
 * thread that exists from the first one on. What waits is bounded by what the report keeps: a trace
 * is built when it is sent. Thread-safe.
 */
final class OtlpOutbox implements Runnable {
  /** Repeats until the process ends. */
  static final int FOR_EVER = Integer.MAX_VALUE;

  private static final long FIRST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long ATTEMPT_SECONDS = 30;

  /** A collector that answers does so within this, or not at all. */
  private static final long ANSWERS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final int MAX_SPANS = 512;
  private static final Set<Integer> RETRYABLE = Set.of(429, 502, 503, 504);
  private static final Set<GrpcStatusCode> TRY_AGAIN =
      EnumSet.of(
          GrpcStatusCode.CANCELLED,
          GrpcStatusCode.DEADLINE_EXCEEDED,
          GrpcStatusCode.RESOURCE_EXHAUSTED,
          GrpcStatusCode.ABORTED,
          GrpcStatusCode.OUT_OF_RANGE,
          GrpcStatusCode.UNAVAILABLE,
          GrpcStatusCode.DATA_LOSS);

  private enum Outcome {
    SENT,
    FAILED,
    REFUSED
  }

  private final SpanExporter exporter;
  private final LongSupplier pauseUntilNanos;
  private final int maxAttempts;
  private final Consumer<Throwable> failures;
  private final Deque<Supplier<List<SpanData>>> waiting = new ArrayDeque<>();
  private Thread thread;
  private boolean closing;
  private boolean gaveUp;
  private int attempts;
  private long nextAttemptNanos;

  /** Of the attempt that is being made, null when none is. */
  private Long attemptBeganNanos;

  private int lost;

  /**
   * @param pauseUntilNanos until when the collector asked to be left alone, {@link
   *     System#nanoTime()}
   * @param maxAttempts per trace; after that it is lost; or {@link #FOR_EVER}
   * @param failures of our own: what cannot be built cannot be sent
   */
  OtlpOutbox(
      SpanExporter exporter,
      LongSupplier pauseUntilNanos,
      int maxAttempts,
      Consumer<Throwable> failures) {
    this.failures = failures;
    this.exporter = exporter;
    this.pauseUntilNanos = pauseUntilNanos;
    this.maxAttempts = maxAttempts;
    this.nextAttemptNanos = System.nanoTime();
  }

  /** Sends a trace some time; does not block. */
  // Yielding to the application is the point of a low priority; nothing depends on it.
  @SuppressWarnings("ThreadPriorityCheck")
  synchronized void add(Supplier<List<SpanData>> trace) {
    waiting.add(trace);
    if (thread == null) {
      thread = new Thread(null, this, "coldstart-otlp", 0, false);
      thread.setDaemon(true);
      thread.setPriority(Thread.MIN_PRIORITY);
      thread.setContextClassLoader(OtlpOutbox.class.getClassLoader());
      thread.start();
    }
    notifyAll();
  }

  /** Traces that were refused or given up. */
  synchronized int lost() {
    return lost;
  }

  /** Traces that have not been sent yet. */
  synchronized int waiting() {
    return waiting.size();
  }

  /**
   * No more traces come. One that would be repeated for ever gets one last attempt at once; the
   * thread ends when that fails or nothing is left.
   */
  synchronized void close() {
    closing = true;
    nextAttemptNanos = System.nanoTime();
    notifyAll();
  }

  /** Whether an attempt is being made that has got no answer for so long that none will come. */
  synchronized boolean isStuck() {
    return attemptBeganNanos != null && System.nanoTime() - attemptBeganNanos > ANSWERS_NANOS;
  }

  /** Waits until nothing is left to be tried. */
  synchronized void await(long deadlineNanos) throws InterruptedException {
    while (!waiting.isEmpty() && thread != null) {
      long left = deadlineNanos - System.nanoTime();
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  @Override
  public void run() {
    try {
      for (Supplier<List<SpanData>> next = next(); next != null; next = next()) {
        done(attempt(next));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exporter.shutdown();
      ended();
    }
  }

  /** Null when there will be none. */
  private synchronized Supplier<List<SpanData>> next() throws InterruptedException {
    while (true) {
      if (gaveUp || (closing && waiting.isEmpty())) {
        return null;
      }
      long pause = nextAttemptNanos - System.nanoTime();
      if (waiting.isEmpty()) {
        wait();
      } else if (pause > 0) {
        TimeUnit.NANOSECONDS.timedWait(this, pause);
      } else {
        attemptBeganNanos = System.nanoTime();
        return waiting.peek();
      }
    }
  }

  private synchronized void done(Outcome outcome) {
    attemptBeganNanos = null;
    if (outcome == Outcome.FAILED && ++attempts < maxAttempts) {
      gaveUp = closing && maxAttempts == FOR_EVER;
      long doubled = FIRST_PAUSE_NANOS << Math.min(attempts - 1, 10);
      nextAttemptNanos = System.nanoTime() + Math.min(doubled, LONGEST_PAUSE_NANOS);
      long asked = pauseUntilNanos.getAsLong();
      nextAttemptNanos = asked - nextAttemptNanos > 0 ? asked : nextAttemptNanos;
      return;
    }
    attempts = 0;
    waiting.poll();
    lost += outcome == Outcome.SENT ? 0 : 1;
    notifyAll();
  }

  private synchronized void ended() {
    thread = null;
    notifyAll();
  }

  private Outcome attempt(Supplier<List<SpanData>> trace) {
    try {
      return send(trace.get());
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      failures.accept(e);
      return Outcome.REFUSED;
    }
  }

  private Outcome send(List<SpanData> trace) {
    for (int from = 0; from < trace.size(); from += MAX_SPANS) {
      List<SpanData> part = trace.subList(from, Math.min(from + MAX_SPANS, trace.size()));
      CompletableResultCode result = exporter.export(part).join(ATTEMPT_SECONDS, TimeUnit.SECONDS);
      if (!result.isSuccess()) {
        return mayWorkLater(result) ? Outcome.FAILED : Outcome.REFUSED;
      }
    }
    return Outcome.SENT;
  }

  /** As OTLP says: what the collector has an opinion on is not sent again. */
  private static boolean mayWorkLater(CompletableResultCode result) {
    Throwable failure = result.getFailureThrowable();
    if (failure instanceof FailedExportException.HttpExportException http
        && http.getResponse() != null) {
      int status = http.getResponse().getStatusCode();
      return RETRYABLE.contains(status);
    }
    if (failure instanceof FailedExportException.GrpcExportException grpc
        && grpc.getResponse() != null) {
      GrpcResponse response = grpc.getResponse();
      return TRY_AGAIN.contains(response.getStatusCode()) || isFromAProxy(response);
    }
    return true;
  }

  /** It answers with an HTTP status only, 503, say, of which the SDK makes an unknown error. */
  private static boolean isFromAProxy(GrpcResponse response) {
    return response.getStatusCode() == GrpcStatusCode.UNKNOWN
        && response.getStatusDescription().isEmpty();
  }
}

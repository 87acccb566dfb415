package dev.coldstart.export;

import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A stand-in for a collector on 127.0.0.1: what it was asked, when, and what it took. */
abstract class Receiver implements AutoCloseable {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  private final int ok;
  private final int[] statuses;
  private final List<Long> callNanos = new ArrayList<>();
  private final List<Span> spans = new ArrayList<>();

  /** Decodes a request that is taken. */
  interface Decode {
    void run() throws IOException;
  }

  /**
   * @param ok the status with which it takes what it gets
   * @param statuses to answer with, one after the other and then the last one
   */
  Receiver(int ok, int... statuses) {
    this.ok = ok;
    this.statuses = statuses;
  }

  /** Where it listens. */
  abstract InetSocketAddress address();

  @Override
  public abstract void close();

  final synchronized List<Span> spans() {
    return List.copyOf(spans);
  }

  final synchronized int calls() {
    return callNanos.size();
  }

  /** {@link System#nanoTime()} of each call. */
  final synchronized List<Long> callNanos() {
    return List.copyOf(callNanos);
  }

  /** Waits until it has got so many spans, or 20 s. */
  final synchronized List<Span> awaitSpans(int count) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (spans.size() < count && System.nanoTime() - deadline < 0) {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
    }
    return List.copyOf(spans);
  }

  /** Waits until it has been called so often, or 20 s. */
  final synchronized boolean awaitCalls(int count) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (callNanos.size() < count && System.nanoTime() - deadline < 0) {
      TimeUnit.NANOSECONDS.timedWait(this, deadline - System.nanoTime());
    }
    return callNanos.size() >= count;
  }

  /** It is called. Returns the status to answer with. */
  final synchronized int called(Decode decode) throws IOException {
    int status = statuses[Math.min(callNanos.size(), statuses.length - 1)];
    callNanos.add(System.nanoTime());
    if (status == ok) {
      decode.run();
    }
    notifyAll();
    return status;
  }

  /** It took these; only while it decodes. */
  final void took(List<Span> more) {
    spans.addAll(more);
  }
}

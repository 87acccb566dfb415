package dev.coldstart.weave;

import dev.coldstart.bootstrap.Trace;

/**
 * One outgoing HTTP exchange of a request: when it was sent and when its answer came. The answer is
 * the bytes that ended the longest silence: before them may come headers and a chunk without
 * content, and more bytes may follow while a cold client still decodes these.
 */
public final class Wire {
  private static final WeakIdentityMap<Wire> BY_OBJECT = new WeakIdentityMap<>();

  /** Bytes that are there are read in less. */
  private static final long WAITED_NANOS = 100_000;

  private final Trace trace;
  private volatile long sent;
  private volatile long answered;
  private volatile long lastOnWire;
  private volatile long longestSilence;

  /** An exchange that a request begins. */
  public Wire(Trace trace) {
    this.trace = trace;
  }

  /** The exchange an object of the client stands for, null for none. */
  public static Wire of(Object key) {
    return BY_OBJECT.get(key);
  }

  /** An object of the client stands for this exchange from now on. */
  public void bind(Object key) {
    BY_OBJECT.put(key, this);
  }

  /** The request, or another part of it, was sent. */
  public void sent() {
    sent = System.nanoTime();
    lastOnWire = sent;
    longestSilence = 0;
    answered = 0;
  }

  /** Bytes of the answer arrived. */
  public void received() {
    received(System.nanoTime(), true);
  }

  /**
   * Bytes of the answer were read by somebody who waits for them. If they had to be waited for,
   * they arrived now; else they were there, since nobody knows when.
   *
   * @param askedNanos {@link System#nanoTime()} when they were asked for
   */
  void read(long askedNanos) {
    long now = System.nanoTime();
    received(now, now - askedNanos >= WAITED_NANOS);
  }

  private void received(long now, boolean justArrived) {
    if (sent == 0) {
      return;
    }
    long silence = now - lastOnWire;
    if (justArrived && silence > longestSilence) {
      longestSilence = silence;
      answered = now;
    }
    lastOnWire = now;
    trace.heard(sent, answered);
  }
}

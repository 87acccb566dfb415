package dev.coldstart.weave.net;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.ErrorType;
import dev.coldstart.weave.Sites;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;

/** One interval that any thread may end. Once over it keeps nothing of the request. */
final class Step {
  private static final int NOT_BEGUN = -1;

  private int interval;
  private final long beganMillis = System.currentTimeMillis();
  private Trace trace;
  private Reference<SSLEngine> engine;
  private SSLSession session;

  private Step(Trace trace, int interval) {
    this.trace = trace;
    this.interval = interval;
  }

  /** Begins one for whoever the thread works for. Null when it does not fit. */
  static Step begin(int site) {
    Trace trace = Recorder.target();
    int interval = Scope.current().open(trace, site, System.nanoTime());
    return interval < 0 ? null : new Step(trace, interval);
  }

  /** Whether the thread works inside an open interval with the name of those of a site. */
  static boolean isInside(int site) {
    Trace trace = Recorder.target();
    int parent = Scope.current().parentIn(trace);
    return parent >= 0
        && trace.end(parent) < 0
        && trace.site(parent) >= 0
        && Sites.span(trace.site(parent)).equals(Sites.span(site));
  }

  /** One that {@link #begin(int, long)} may begin, unless it is over before that. */
  static Step asked() {
    return new Step(Recorder.target(), NOT_BEGUN);
  }

  /**
   * It was not over at once: begins it, on the thread that asked.
   *
   * @param nanos {@link System#nanoTime()} of that
   */
  synchronized void begin(int site, long nanos) {
    if (trace != null) {
      interval = Scope.current().open(trace, site, nanos);
      trace = interval < 0 ? null : trace;
    }
  }

  /** It is a handshake of this engine, which its objects may be found by: held weakly. */
  synchronized void driving(SSLEngine tls) {
    engine = new WeakReference<>(tls);
  }

  /** It is a handshake that agreed on this, if that is a session. */
  synchronized void agreed(Object found) {
    session = found instanceof SSLSession tls ? tls : null;
  }

  /** The calling thread works inside of it until {@code Recorder.detach}. */
  synchronized int join() {
    return trace == null || interval < 0 ? -1 : Recorder.join(trace, interval);
  }

  synchronized boolean isOver() {
    return trace == null;
  }

  /**
   * It is over.
   *
   * @param thrown what made it fail, null when nothing did
   */
  synchronized void end(Throwable thrown) {
    if (interval < 0) {
      trace = null;
    } else if (thrown != null) {
      fail(thrown);
    } else if (trace != null) {
      SSLEngine tls = engine == null ? null : engine.get();
      session = tls == null ? session : tls.getSession();
      if (session != null) {
        TlsSession.note(trace, interval, session, beganMillis);
      }
      close(false);
    }
  }

  /** It has failed, with this if that is an exception. */
  synchronized void fail(Object error) {
    if (trace != null && interval >= 0) {
      trace.note(interval, Trace.ERROR, ErrorType.of(error));
      close(true);
    }
    trace = null;
  }

  private void close(boolean failed) {
    trace.close(interval, System.nanoTime(), failed);
    trace = null;
    session = null;
  }
}

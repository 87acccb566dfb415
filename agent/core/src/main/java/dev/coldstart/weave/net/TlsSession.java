package dev.coldstart.weave.net;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Note;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * What a handshake agreed on: the protocol, and whether it took up an earlier session. Of the
 * engines only the JDK's tells when a session was made, so that others' are not known to be one or
 * the other.
 */
public final class TlsSession implements Note {
  private static final String JDK = "sun.security.ssl.";

  /** No session is taken up so soon after it was made: two handshakes are in between. */
  private static final long ROUNDING_MILLIS = 2;

  private final At socket;

  /**
   * For a probe that times handshakes of sockets, those of clients only.
   *
   * @param socket where the {@link SSLSocket} is
   */
  public TlsSession(At socket) {
    this.socket = socket;
  }

  @Override
  public boolean wants(Object self, Object[] args) {
    Object found = socket.read(self, args, null);
    return !(found instanceof SSLSocket tls) || tls.getUseClientMode();
  }

  @Override
  public void note(Object self, Object[] args, Object result) {
    Trace trace = Recorder.target();
    int interval = Scope.current().parentIn(trace);
    if (interval >= 0 && socket.read(self, args, result) instanceof SSLSocket tls) {
      long took = (System.nanoTime() - trace.startNanos - trace.start(interval)) / 1_000_000;
      note(trace, interval, tls.getSession(), System.currentTimeMillis() - took);
    }
  }

  static void note(Trace trace, int interval, SSLSession session, long beganMillis) {
    trace.note(interval, "protocol", session.getProtocol());
    if (session.getClass().getName().startsWith(JDK)) {
      boolean resumed = session.getCreationTime() < beganMillis - ROUNDING_MILLIS;
      trace.note(interval, "resumed", resumed);
    }
  }
}

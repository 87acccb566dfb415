package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;

/** Where a server begins a request; see {@link Server#begins}. */
public final class RequestBegin extends Hook {
  private final String server;
  private final At key;
  private final At method;
  private final At path;
  private final At traceparent;
  private At another;
  private boolean atReturn;

  RequestBegin(String server, At key, At method, At path, At traceparent) {
    this.server = server;
    this.key = key;
    this.method = method;
    this.path = path;
    this.traceparent = traceparent;
  }

  /** A second object stands for it from the beginning. */
  public RequestBegin alsoFor(At object) {
    another = object;
    return this;
  }

  /**
   * It begins when the method or constructor returns. Its thread works for it until the method
   * around it returns that has the hook {@link Server#serves}.
   */
  public RequestBegin atReturn() {
    atReturn = true;
    return this;
  }

  @Override
  public Object before(int site, Object self, Object[] args) {
    Trace trace = atReturn ? null : request(self, args, null);
    return trace == null ? null : (Integer) Recorder.join(trace);
  }

  @Override
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    if (state != null) {
      Recorder.detach((Integer) state);
    } else if (atReturn && thrown == null) {
      Trace known = Inbound.of(key.read(self, args, result));
      Trace trace = request(self, args, result);
      if (trace != null && trace != known) {
        Recorder.join(trace);
      }
    }
    return result;
  }

  /** The open request of the key, else a new one; null when there is none to begin. */
  private Trace request(Object self, Object[] args, Object result) {
    Object object = key.read(self, args, result);
    Trace known = Inbound.of(object);
    if (object == null || (known != null && !known.isClosed())) {
      return known;
    }
    Object kind = method.read(self, args, result);
    if (kind == null || Inbound.isOwnServer()) {
      return null;
    }
    Trace trace =
        Inbound.begin(
            server,
            object,
            kind.toString(),
            text(path, self, args, result),
            text(traceparent, self, args, result));
    if (another != null) {
      Inbound.bind(another.read(self, args, result), trace);
    }
    return trace;
  }

  private static String text(At at, Object self, Object[] args, Object result) {
    Object value = at == null ? null : at.read(self, args, result);
    return value == null ? null : value.toString();
  }
}

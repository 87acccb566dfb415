package dev.coldstart.library;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.Inbound;
import dev.coldstart.weave.JoinHook;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.ReturnHook;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Requests of the JDK's own HTTP server. An exchange object is the request; it ends when its
 * response is finished, on whatever thread, or when its connection is closed.
 */
public final class JdkHttpServer implements Library {
  private static final String PACKAGE = "sun.net.httpserver.";
  private static final String BODY = PACKAGE + "PlaceholderOutputStream";

  @Override
  public String name() {
    return "jdk-httpserver";
  }

  @Override
  public String testedVersions() {
    return "JDK 17, 25";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.read(PACKAGE + "ServerImpl", "start", new Started()),
        Probe.read(PACKAGE + "ServerImpl$Exchange", "run", new Connection()),
        Probe.read(PACKAGE + "ExchangeImpl", "<init>", new Begin()),
        Probe.read(PACKAGE + "HttpExchangeImpl", "<init>", new Headers())
            .alsoIn(PACKAGE + "HttpsExchangeImpl"),
        Probe.read(BODY, "<init>", new BodyMade()),
        Probe.read(BODY, "write", new Written()),
        Probe.read(BODY, "flush", new Flushed()),
        Probe.read(BODY, "close", new Flushed()),
        Probe.read(PACKAGE + "WriteFinishedEvent", "<init>", new End())
            .alsoIn(PACKAGE + "Event$WriteFinished"),
        Probe.read(PACKAGE + "HttpConnection", "close", new ConnectionClosed()));
  }

  /** What was buffered is on its way. */
  private static void left(Trace trace) {
    if (trace != null && trace.buffered && !trace.isClosed()) {
      trace.buffered = false;
      trace.body(System.nanoTime());
    }
  }

  private static final class Started extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      Recorder.ready("HttpServer started");
    }
  }

  /** Handles what arrived on a connection: the thread leaves the request when this returns. */
  private static final class Connection extends JoinHook {
    @Override
    protected int join(Object self, Object[] args) {
      return Recorder.join(null);
    }
  }

  /** The request line has been read: (method, uri, .., .., connection). */
  private static final class Begin extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      String path = args[1] instanceof URI uri ? uri.getPath() : null;
      Trace trace = Inbound.begin(self, (String) args[0], path, null);
      if (trace != null) {
        Inbound.bind(args[args.length - 1], trace);
        // Undone together with what Connection began.
        Recorder.join(trace);
      }
    }
  }

  private static final class Headers extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      Trace trace = Inbound.of(args[0]);
      if (trace != null
          && Read.path(self, "getRequestHeaders") instanceof Map<?, ?> headers
          && headers.get("Traceparent") instanceof List<?> values
          && !values.isEmpty()) {
        trace.traceparent = (String) values.get(0);
      }
    }
  }

  private static final class BodyMade extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      Trace target = Recorder.target();
      if (target.serial > 0) {
        Inbound.bind(self, target);
      }
    }
  }

  /** The client is gone: JDK 25 announces the end of such a response like any other. */
  private static class Body extends Hook {
    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      Trace trace = thrown == null ? null : Inbound.of(self);
      if (trace != null) {
        trace.failed = true;
      }
      return result;
    }
  }

  /** Bytes wait in a buffer until flush or close. */
  private static final class Written extends Body {
    @Override
    public Object before(int site, Object self, Object[] args) {
      Trace trace = Inbound.of(self);
      if (trace != null) {
        trace.buffered = true;
      }
      return null;
    }
  }

  private static final class Flushed extends Body {
    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      if (thrown == null) {
        left(Inbound.of(self));
      }
      return super.after(site, state, self, args, result, thrown);
    }
  }

  private static final class End extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      // Closing the body announces the end from within.
      left(Inbound.of(args[0]));
      Inbound.end(args[0]);
    }
  }

  /** The handler threw, or the response broke off: no end was announced. */
  private static final class ConnectionClosed extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Trace trace = Inbound.of(self);
      if (trace != null && !trace.isClosed()) {
        trace.failed = true;
      }
      Inbound.end(self);
    }
  }
}

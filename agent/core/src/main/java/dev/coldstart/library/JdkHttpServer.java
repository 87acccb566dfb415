package dev.coldstart.library;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Inbound;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.ReturnHook;
import dev.coldstart.weave.Server;
import java.util.List;

/**
 * Requests of the JDK's own HTTP server. An exchange object is the request; it ends when its
 * response is finished, on whatever thread, or when its connection is closed.
 */
public final class JdkHttpServer implements Library {
  private static final String NAME = "jdk-httpserver";
  private static final Server SERVER = Server.named(NAME);
  private static final String PACKAGE = "sun.net.httpserver.";
  private static final String BODY = PACKAGE + "PlaceholderOutputStream";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String testedVersions() {
    return "JDK 17, 25";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Server.ready("HttpServer started", PACKAGE + "ServerImpl", "start"),
        // Handles what arrived on a connection.
        Probe.read(PACKAGE + "ServerImpl$Exchange", "run", SERVER.serves()),
        // The request line has been read: (method, uri, .., .., connection).
        Probe.read(
            PACKAGE + "ExchangeImpl",
            "<init>",
            SERVER
                .begins(At.self(), At.argument(0), At.argument(1, "getPath"), null)
                .alsoFor(At.lastArgument())
                .atReturn()),
        Probe.read(
                PACKAGE + "HttpExchangeImpl",
                "<init>",
                SERVER.traceparents(
                    At.argument(0), At.self("getRequestHeaders", "getFirst:traceparent")))
            .alsoIn(PACKAGE + "HttpsExchangeImpl"),
        Probe.read(BODY, "<init>", SERVER.binds(At.self())),
        Probe.read(BODY, "write", new Written()),
        Probe.read(BODY, "flush", new Flushed()),
        Probe.read(BODY, "close", new Flushed()),
        Probe.read(PACKAGE + "WriteFinishedEvent", "<init>", new End())
            .alsoIn(PACKAGE + "Event$WriteFinished"),
        // The handler threw, or the response broke off: no end was announced.
        Probe.read(PACKAGE + "HttpConnection", "close", SERVER.breaks(At.self())));
  }

  /** What was buffered is on its way. */
  private static void left(Trace trace) {
    if (trace != null && trace.buffered && !trace.isClosed()) {
      trace.buffered = false;
      trace.body(System.nanoTime());
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
      Inbound.end(NAME, args[0]);
    }
  }
}

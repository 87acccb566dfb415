package dev.coldstart.library;

import dev.coldstart.bootstrap.Scope;
import dev.coldstart.weave.At;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.Inbound;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.Server;
import java.util.List;

/**
 * Requests of Undertow, with and without servlets, HTTP/1 and HTTP/2. The exchange is the request.
 */
public final class Undertow implements Library {
  private static final String NAME = "undertow";
  private static final Server SERVER = Server.named(NAME);
  private static final String CONNECTION = "io.undertow.server.protocol.http.HttpServerConnection";
  private static final String EXCHANGE = "io.undertow.server.HttpServerExchange";
  private static final String CHANNEL = EXCHANGE + "$WriteDispatchChannel";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String testedVersions() {
    return "2.2.37, 2.3.26, 2.4.4 (without servlets)";
  }

  @Override
  public List<Probe> probes() {
    At exchange = At.argument(1);
    return List.of(
        Probe.read(
            "io.undertow.server.Connectors",
            "executeRootHandler",
            SERVER.begins(
                exchange,
                At.argument(1, "getRequestMethod"),
                At.argument(1, "getRequestPath"),
                At.argument(1, "getRequestHeaders", "getFirst:traceparent"))),
        Probe.read(EXCHANGE, "getResponseChannel", SERVER.binds(At.self(), At.result())),
        Probe.read(CHANNEL, "write", SERVER.bodies(At.self(), At.argument(0))),
        Probe.read(CHANNEL, "writeFinal", SERVER.bodies(At.self(), At.argument(0))),
        Probe.read(CHANNEL, "transferFrom", SERVER.bodies(At.self(), At.argument(2))),
        Probe.read(EXCHANGE, "startResponse", SERVER.statuses(At.self(), At.self("getStatusCode"))),
        Probe.read(EXCHANGE, "invokeExchangeCompleteListeners", new Ended()),
        Probe.read(
            "io.undertow.protocols.http2.Http2DataStreamSinkChannel",
            "handleFailedChannel",
            new StreamFailed()),
        Server.ready("Undertow started", "io.undertow.Undertow", "start"));
  }

  /** A connection is closed before that only when it broke; streams have none of their own. */
  private static final class Ended extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Object connection = Read.path(self, "getConnection");
      if (connection.getClass().getName().equals(CONNECTION)
          && Boolean.FALSE.equals(Read.path(connection, "isOpen"))) {
        Server.failed(Inbound.of(self));
      }
      Inbound.end(NAME, self);
    }
  }

  /** Looks whether the client has reset the stream, within a write of the request's thread. */
  private static final class StreamFailed extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      if (Boolean.FALSE.equals(Read.path(self, "isOpen"))) {
        Server.failed(Scope.current().request());
      }
    }
  }
}

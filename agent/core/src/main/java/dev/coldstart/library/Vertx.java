package dev.coldstart.library;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.At;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.Inbound;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.Server;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests of Vert.x 4 and 5. On HTTP/1 the connection stands for the request, because it serves
 * one at a time; on HTTP/2 the request object does. What a request queues for a worker, or does
 * when a future of Vert.x is complete, is done for that request. Netty tells when it is ready.
 */
public final class Vertx implements Library {
  private static final String NAME = "vertx";
  private static final Server SERVER = Server.named(NAME);
  private static final String CORE = "io.vertx.core.";
  private static final String HTTP = CORE + "http.impl.";
  private static final String FUTURE = CORE + "impl.future.Future";
  private static final String QUEUE = CORE + "impl.TaskQueue";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String testedVersions() {
    return "4.5.14, 4.5.23, 5.1.6";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    probes.add(Probe.read("io.vertx.ext.web.impl.RouteState", "handleContext", new Routed()));
    http1(probes);
    http2(probes);
    probes.add(Probe.handOff(FUTURE + "Impl", "addListener"));
    probes.add(Probe.runArgument(FUTURE + "Base", "emitSuccess"));
    probes.add(Probe.runArgument(FUTURE + "Base", "emitFailure"));
    probes.add(Probe.runArgument(FUTURE + "Base", "emitResult").arity(3));
    probes.add(Probe.read(QUEUE, "execute", new Queued()));
    probes.add(Probe.runCalls(QUEUE, "run"));
    return probes;
  }

  private static void http1(List<Probe> probes) {
    At connection = At.self("connection");
    probes.add(http1("Connection", "handleMessage", SERVER.serves()));
    probes.add(http1("Connection", "handleNext", SERVER.serves()));
    probes.add(
        http1(
            "Request",
            "handleBegin",
            SERVER
                .begins(
                    connection, At.self("method"), At.self("uri"), At.self("getHeader:traceparent"))
                .alsoFor(At.self("response"))
                .atReturn()));
    probes.add(http1("Request", "handleContent", SERVER.joins(connection)));
    probes.add(http1("Request", "handleEnd", SERVER.joins(connection)).arity(0));
    At status = At.self("getStatusCode");
    Hook statuses = SERVER.statuses(At.self(), status);
    probes.add(http1("Response", "write", statuses).taking("ByteBuf;"));
    probes.add(
        http1("Response", "write", SERVER.bodies(At.self(), At.argument(0, "readableBytes")))
            .taking("ByteBuf;"));
    probes.add(http1("Response", "end", statuses).taking("PromiseInternal;"));
    probes.add(
        http1("Response", "end", SERVER.bodies(At.self(), At.argument(0, "length")))
            .taking("PromiseInternal;"));
    // Also after a file, and when the connection becomes a WebSocket.
    probes.add(http1("Connection", "responseComplete", SERVER.ends(At.self())));
    probes.add(http1("Connection", "handleClosed", SERVER.breaks(At.self())));
  }

  private static Probe http1(String part, String method, Hook hook) {
    return Probe.read(HTTP + "Http1xServer" + part, method, hook)
        .alsoIn(HTTP + "http1.Http1Server" + part);
  }

  private static void http2(List<Probe> probes) {
    String request = HTTP + "Http2ServerRequest";
    String requestOf5 = HTTP + "HttpServerRequestImpl";
    probes.add(
        Probe.read(
            request,
            "dispatch",
            SERVER
                .begins(
                    At.self(), At.self("method"), At.self("uri"), At.self("getHeader:traceparent"))
                .alsoFor(At.self("response"))));
    probes.add(
        Probe.read(
            requestOf5,
            "handleHeaders",
            SERVER
                .begins(
                    At.self(),
                    At.argument(0, "method"),
                    At.argument(0, "uri"),
                    At.argument(0, "headers", "get:traceparent"))
                .alsoFor(At.self("response"))));
    probes.add(Probe.read(request, "handleData", SERVER.joins(At.self())).alsoIn(requestOf5));
    probes.add(Probe.read(request, "handleEnd", SERVER.joins(At.self())));
    probes.add(Probe.read(requestOf5, "handleTrailers", SERVER.joins(At.self())));
    probes.add(http2("write", SERVER.statuses(At.self(), At.self("getStatusCode"))).taking("Z"));
    probes.add(
        http2("write", SERVER.bodies(At.self(), At.argument(0, "readableBytes")))
            .taking("ByteBuf;Z"));
    probes.add(
        http2("write", SERVER.bodies(At.self(), At.argument(0, "length"))).taking("Buffer;Z"));
    probes.add(http2("write", new Written()).taking("Z"));
    // What a file looks like to its reader is not looked at.
    probes.add(http2("sendFile", SERVER.ends(At.self())));
    probes.add(http2("handleReset", SERVER.breaks(At.self())));
    probes.add(http2("handleClose", SERVER.breaks(At.self())));
  }

  private static Probe http2(String method, Hook hook) {
    return Probe.read(HTTP + "Http2ServerResponse", method, hook)
        .alsoIn(HTTP + "HttpServerResponseImpl");
  }

  /** (bytes, whether they are the last, ..) */
  private static final class Written extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      if (Boolean.TRUE.equals(args[1])) {
        Inbound.end(NAME, self);
      }
    }
  }

  /** (task, executor) */
  private static final class Queued extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Recorder.handOff(args[0]);
    }
  }

  /**
   * The router calls a handler. The last one's template is the route; one for every path below
   * tells less than the path.
   */
  private static final class Routed extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Object route = Read.path(args[0], "currentRoute");
      String template = Read.text(route, "getPath");
      Trace trace = Scope.current().request();
      if (trace != null
          && template != null
          && Boolean.TRUE.equals(Read.path(route, "isExactPath"))) {
        trace.route = template;
      }
    }
  }
}

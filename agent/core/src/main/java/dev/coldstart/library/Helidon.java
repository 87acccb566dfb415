package dev.coldstart.library;

import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.At;
import dev.coldstart.weave.EntryHook;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.Server;
import java.util.List;

/**
 * Requests of Helidon 4 on HTTP/1. A virtual thread handles each from its headers to the last byte
 * of its response, in one method; what it knows about the request is the prologue.
 */
public final class Helidon implements Library {
  private static final Server SERVER = Server.named("helidon");
  private static final String WEBSERVER = "io.helidon.webserver.";
  private static final String RESPONSE = WEBSERVER + "http1.Http1ServerResponse";
  private static final String STREAM = RESPONSE + "$BlockingOutputStream";

  @Override
  public String name() {
    return "helidon";
  }

  @Override
  public String testedVersions() {
    return "4.0.0, 4.5.0";
  }

  @Override
  public List<Probe> probes() {
    String request = WEBSERVER + "http1.Http1ServerRequest";
    String connection = WEBSERVER + "http1.Http1Connection";
    return List.of(
        Server.ready("Helidon started", WEBSERVER + "LoomServer", "start"),
        Probe.loop(connection, "handle"),
        // (prologue, headers, ..)
        Probe.read(
            connection,
            "route",
            SERVER.begins(
                At.argument(0),
                At.argument(0, "method", "text"),
                At.argument(0, "uriPath", "rawPath"),
                At.argument(1, "toMap", "get:traceparent"))),
        Probe.read(connection, "route", SERVER.returns(At.argument(0))),
        Probe.read(request, "matchingPattern", new Matched()).arity(1),
        // There is no template in 4.0, which has this method only.
        Probe.read(request, "path", new Matched()).arity(1),
        Probe.read(RESPONSE, "<init>", SERVER.binds(At.self())),
        Probe.read(STREAM, "<init>", SERVER.binds(At.self())),
        Probe.read(RESPONSE, "nonEntityBytes", new Head()),
        Probe.read(RESPONSE, "send", SERVER.bodies(At.self(), At.argument(0))),
        Probe.read(STREAM, "writeChunked", SERVER.bodies(At.self(), At.argument(0, "available"))),
        Probe.read(STREAM, "writeContent", SERVER.bodies(At.self(), At.argument(0, "available"))));
  }

  /** (template), or (path): known before the handler is called. */
  private static final class Matched extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Trace trace = Scope.current().request();
      if (trace != null && args[0] instanceof String template && !template.endsWith("*")) {
        trace.route = template;
      }
    }
  }

  /** (headers, status, ..): the head of a response is written. */
  private static final class Head extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Trace trace = Scope.current().request();
      Long status = Read.number(args[1], "code");
      if (trace != null && status != null && status >= 500) {
        trace.failed = true;
      }
    }
  }
}

package dev.coldstart.library;

import dev.coldstart.bootstrap.Trace;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Inbound;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.ReturnHook;
import dev.coldstart.weave.Server;
import java.util.List;

/**
 * Requests of Armeria, HTTP/1 and HTTP/2. The decoded request is the request; it ends with the
 * handler of its response.
 */
public final class Armeria implements Library {
  private static final Server SERVER = Server.named("armeria");
  private static final String ARMERIA = "com.linecorp.armeria.server.";
  private static final String REQUESTS = ARMERIA + "HttpServerHandler";
  private static final String RESPONSE = ARMERIA + "AbstractHttpResponseHandler";
  private static final String STREAMED = ARMERIA + "AbstractHttpResponseSubscriber";

  @Override
  public String name() {
    return "armeria";
  }

  @Override
  public String testedVersions() {
    return "1.28.4, 1.36.0";
  }

  @Override
  public List<Probe> probes() {
    At request = At.argument(1);
    At status = At.argument(0, "status", "code");
    return List.of(
        Probe.read(
            REQUESTS,
            "handleRequest",
            SERVER.begins(
                request,
                At.argument(1, "method"),
                At.argument(1, "path"),
                At.argument(1, "headers", "get:traceparent"))),
        // Later than that where the whole request was waited for.
        Probe.read(REQUESTS, "serve0", SERVER.joins(At.argument(0))),
        // Answers without a service: to OPTIONS *, redirects, bad paths.
        Probe.read(REQUESTS, "respond", SERVER.ends(At.argument(1, "request"))).arity(5),
        Probe.read(RESPONSE, "<init>", SERVER.binds(At.argument(3), At.self())),
        Probe.read(RESPONSE, "<init>", new Template()),
        Probe.read(RESPONSE, "writeAggregatedHttpResponse", SERVER.statuses(At.self(), status)),
        Probe.read(
            RESPONSE,
            "writeAggregatedHttpResponse",
            SERVER.bodies(At.self(), At.argument(0, "content", "length"))),
        Probe.read(STREAMED, "onNext", SERVER.statuses(At.self(), status)),
        Probe.read(STREAMED, "onNext", SERVER.bodies(At.self(), At.argument(0, "length"))),
        Probe.read(RESPONSE, "tryComplete", SERVER.ends(At.self(), At.argument(0))));
  }

  /** Of paths with parameters; what else Armeria calls a pattern says less than the path. */
  private static final class Template extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      Object route = Read.path(args[2], "config", "route");
      Trace trace = Inbound.of(args[3]);
      if (trace != null && "PARAMETERIZED".equals(String.valueOf(Read.path(route, "pathType")))) {
        String template = Read.text(route, "patternString");
        trace.route = template == null ? trace.route : template;
      }
    }
  }
}

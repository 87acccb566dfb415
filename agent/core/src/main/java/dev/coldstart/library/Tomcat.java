package dev.coldstart.library;

import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Server;
import java.util.List;

/**
 * Requests of Tomcat 9 to 11, also asynchronous ones. Coyote's request object is the request; it
 * ends when Tomcat recycles it, after the last byte and after the last asynchronous dispatch.
 */
public final class Tomcat implements Library {
  private static final Server SERVER = Server.named("tomcat");
  private static final String ADAPTER = "org.apache.catalina.connector.CoyoteAdapter";
  private static final String RESPONSE = "org.apache.coyote.Response";

  @Override
  public String name() {
    return "tomcat";
  }

  @Override
  public String testedVersions() {
    return "9.0.100, 10.1, 11.0.27";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.read(
                ADAPTER,
                "service",
                SERVER
                    .begins(
                        At.argument(0),
                        At.argument(0, "method"),
                        At.argument(0, "requestURI"),
                        At.argument(0, "getMimeHeaders", "getHeader:traceparent"))
                    .alsoFor(At.argument(1)))
            .arity(2),
        Probe.read(ADAPTER, "asyncDispatch", SERVER.joins(At.argument(0))),
        Probe.read(RESPONSE, "doWrite", SERVER.bodies(At.self(), At.argument(0))),
        Probe.read(RESPONSE, "commit", SERVER.statuses(At.self(), At.self("getStatus"))),
        // Normally the client is gone.
        Probe.read(RESPONSE, "setErrorException", SERVER.fails(At.self())),
        Probe.read("org.apache.coyote.Request", "recycle", SERVER.ends(At.self())).arity(0),
        Server.ready("Tomcat started", "org.apache.coyote.AbstractProtocol", "start"));
  }
}

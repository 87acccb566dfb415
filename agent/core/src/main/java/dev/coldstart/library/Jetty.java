package dev.coldstart.library;

import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Server;
import java.util.List;

/**
 * Requests of Jetty 9.4 to 12.1, HTTP/1 and HTTP/2, with and without servlets. The channel is the
 * request: Jetty uses it again for the next one of a connection. Its threads are no JDK pool.
 */
public final class Jetty implements Library {
  private static final Server SERVER = Server.named("jetty");
  private static final String SERVERS = "org.eclipse.jetty.server.";
  private static final String POOL = "org.eclipse.jetty.util.thread.QueuedThreadPool";

  /** Up to 11. */
  private static final String CHANNEL = SERVERS + "HttpChannel";

  /** From 12 on. */
  private static final String STATE = SERVERS + "internal.HttpChannelState";

  private static final String STREAM = SERVERS + "internal.HttpConnection$HttpStreamOverHTTP1";
  private static final String STREAM2 =
      "org.eclipse.jetty.http2.server.internal.HttpStreamOverHTTP2";
  private static final String RESPONSE = STATE + "$ChannelResponse";

  @Override
  public String name() {
    return "jetty";
  }

  @Override
  public String testedVersions() {
    return "9.4.57, 11.0.24, 12.0.16, 12.1.14";
  }

  @Override
  public List<Probe> probes() {
    At channel = At.self("getRequest", "getComponents");
    return List.of(
        Probe.read(
            CHANNEL,
            "handle",
            SERVER.begins(
                At.self(),
                At.self("getRequest", "getMethod"),
                At.self("getRequest", "getRequestURI"),
                At.self("getRequest", "getHeader:traceparent"))),
        Probe.read(CHANNEL, "commit", SERVER.statuses(At.self(), At.argument(0, "getStatus"))),
        Probe.read(CHANNEL, "sendResponse", SERVER.bodies(At.self(), At.argument(1))).arity(4),
        Probe.read(CHANNEL, "abort", SERVER.fails(At.self())),
        Probe.read(CHANNEL, "onCompleted", SERVER.ends(At.self())),
        Probe.read(CHANNEL, "recycle", SERVER.breaks(At.self())),
        Probe.read(
                SERVERS + "Server",
                "handle",
                SERVER
                    .begins(
                        At.argument(0, "getComponents"),
                        At.argument(0, "getMethod"),
                        At.argument(0, "getHttpURI", "getPath"),
                        At.argument(0, "getHeaders", "get:traceparent"))
                    .alsoFor(At.argument(0, "getComponents", "getHttpStream")))
            .arity(3),
        Probe.read(
            RESPONSE, "lockedPrepareResponse", SERVER.statuses(channel, At.self("getStatus"))),
        Probe.read(RESPONSE, "write", SERVER.bodies(channel, At.argument(1))),
        Probe.read(RESPONSE, "failed", SERVER.fails(channel)),
        Probe.read(STATE, "onFailure", SERVER.fails(At.self())),
        Probe.read(STATE + "$HandlerInvoker", "run", SERVER.serves()),
        Probe.read(STREAM, "succeeded", SERVER.ends(At.self())).alsoIn(STREAM2),
        Probe.read(STREAM, "failed", SERVER.ends(At.self(), At.argument(0))).alsoIn(STREAM2),
        Server.ready("Jetty started", SERVERS + "Server", "doStart"),
        Probe.handOff(POOL, "execute"),
        Probe.runArgument(POOL, "runJob"),
        Probe.loop(POOL + "$Runner", "run"));
  }
}

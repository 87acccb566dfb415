package dev.coldstart.library;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.phase.Connect;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.net.Opening;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries the request through Netty's event loops, and their copies in gRPC, Milvus and Neo4j's
 * driver: a loop serves everybody, its tasks and the listeners of its promises work for whoever
 * added them. Tells the steps of connections that clients open, also where they bypass the JDK:
 * native transports and TLS.
 */
public final class Netty implements Library {
  private static final String NETTY = "io.netty.";
  private static final String IN_GRPC = "io.grpc.netty.shaded.";
  private static final String IN_MILVUS = "io.milvus.shaded." + IN_GRPC;
  private static final String IN_NEO4J = "org.neo4j.driver.internal.shaded.";

  @Override
  public String name() {
    return "netty";
  }

  @Override
  public String testedVersions() {
    return "4.1.138, 4.2.17";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    String concurrent = NETTY + "util.concurrent.";
    probes.add(
        everywhere(
            // All loops, also those on threads of other makers; and Netty's own threads.
            Probe.loop(NETTY + "util.internal.ThreadExecutorMap$2", "run")
                .alsoIn(concurrent + "FastThreadLocalRunnable")
                .alsoIn(concurrent + "GlobalEventExecutor$TaskRunner")
                .alsoIn(NETTY + "util.HashedWheelTimer$Worker")));
    probes.add(
        everywhere(
            Probe.handOff(concurrent + "SingleThreadEventExecutor", "addTask")
                .alsoIn(concurrent + "GlobalEventExecutor")));
    probes.add(everywhere(Probe.runArgument(concurrent + "AbstractEventExecutor", "runTask")));
    for (Probe probe :
        Probe.bound(
            List.of(
                concurrent + "ScheduledFutureTask",
                NETTY + "util.HashedWheelTimer$HashedWheelTimeout"),
            "run")) {
      probes.add(everywhere(probe));
    }
    String promise = concurrent + "DefaultPromise";
    probes.add(everywhere(Probe.handOff(promise, "addListener0")));
    probes.add(everywhere(Probe.runArgument(promise, "notifyListener0")));
    connect(probes, promise);
    look(probes, promise);
    handshake(probes);
    return probes;
  }

  /** Known by the promise that it makes, and by the channel's own side, which the loop calls. */
  private static void connect(List<Probe> probes, String promise) {
    Opening tcp = new Opening();
    String nio = NETTY + "channel.nio.AbstractNioChannel$AbstractNioUnsafe";
    String epoll = NETTY + "channel.epoll.AbstractEpollChannel$AbstractEpollUnsafe";
    probes.add(
        everywhere(
            Probe.read(nio, "connect", tcp.begins(At.argument(2), At.self()))
                .alsoIn(epoll)
                .connecting(Connect.TCP)));
    // What the handlers do once the channel is active is for the same request.
    probes.add(everywhere(Probe.read(nio, "finishConnect", tcp.goesOn(At.self())).alsoIn(epoll)));
    Probe over = Probe.read(nio, "fulfillConnectPromise", tcp.endsBefore(At.argument(0)));
    probes.add(everywhere(over.alsoIn(epoll).taking("Promise;Z)")));
    Probe failed =
        Probe.read(nio, "fulfillConnectPromise", tcp.fails(At.argument(1), At.argument(0)));
    probes.add(everywhere(failed.alsoIn(epoll).taking("Throwable;)")));
    probes.add(everywhere(Probe.read(promise, "tryFailure", tcp.fails(At.argument(0), At.self()))));
  }

  /** Netty's own client of DNS; its other resolver asks the JDK. */
  private static void look(List<Probe> probes, String promise) {
    Opening dns = new Opening();
    String context = NETTY + "resolver.dns.DnsResolveContext";
    probes.add(
        everywhere(
            Probe.read(context, "resolve", dns.begins(At.self(), At.argument(0)))
                .connecting(Connect.DNS)));
    probes.add(everywhere(Probe.read(context, "finishResolve", dns.ends(At.self()))));
    probes.add(everywhere(Probe.read(promise, "tryFailure", dns.fails(At.argument(0), At.self()))));
  }

  /** Of clients: only these begin by themselves. */
  private static void handshake(List<Probe> probes) {
    Opening tls = new Opening();
    String handler = NETTY + "handler.ssl.SslHandler";
    probes.add(
        everywhere(
            Probe.read(handler, "handshake", tls.begins(At.self(), At.self("engine")))
                .connecting(Connect.TLS)));
    probes.add(everywhere(Probe.read(handler, "setHandshakeSuccess", tls.endsBefore(At.self()))));
    Hook fails = tls.fails(At.argument(1), At.self());
    probes.add(everywhere(Probe.read(handler, "setHandshakeFailure", fails).arity(5)));
    probes.add(everywhere(Probe.read(handler, "setHandshakeFailureTransportFailure", fails)));
    probes.add(
        everywhere(
            Probe.read(
                NETTY + "handler.ssl.SslUtils",
                "handleHandshakeFailure",
                tls.fails(At.argument(1), At.argument(0, "handler")))));
  }

  /** Also in the copies. */
  private static Probe everywhere(Probe probe) {
    Probe all = probe;
    for (String type : probe.types()) {
      all = all.alsoIn(IN_GRPC + type, IN_MILVUS + type, IN_NEO4J + type);
    }
    return all;
  }
}

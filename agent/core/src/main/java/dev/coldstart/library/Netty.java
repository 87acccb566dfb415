package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries the request through Netty's event loops, and their copy in gRPC: a loop serves everybody,
 * its tasks and the listeners of its promises work for whoever added them. No timing.
 */
public final class Netty implements Library {
  private static final String NETTY = "io.netty.";
  private static final String IN_GRPC = "io.grpc.netty.shaded.";

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
            Probe.loop(concurrent + "DefaultEventExecutor", "run")
                .alsoIn(concurrent + "GlobalEventExecutor$TaskRunner")
                .alsoIn(NETTY + "util.HashedWheelTimer$Worker")
                .alsoIn(NETTY + "channel.DefaultEventLoop")
                .alsoIn(NETTY + "channel.SingleThreadIoEventLoop")
                .alsoIn(NETTY + "channel.nio.NioEventLoop")
                .alsoIn(NETTY + "channel.epoll.EpollEventLoop")
                .alsoIn(NETTY + "channel.kqueue.KQueueEventLoop")));
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
    return probes;
  }

  /** Also in the copy. */
  private static Probe everywhere(Probe probe) {
    Probe all = probe;
    for (String type : probe.types()) {
      all = all.alsoIn(IN_GRPC + type);
    }
    return all;
  }
}

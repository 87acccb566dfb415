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

package dev.coldstart.library;

import dev.coldstart.phase.Connect;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.WireHooks;
import dev.coldstart.weave.net.Opening;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries the request through OkHttp's asynchronous calls: a call belongs to whoever enqueued it,
 * also when the end of somebody else's call lets it begin. Tells what a model call waited for on
 * the wire, and of new connections the steps.
 */
public final class OkHttp implements Library {
  private static final String CONNECTION = "okhttp3.internal.connection.";
  private static final String EXCHANGE = CONNECTION + "Exchange";
  private static final String BODY = EXCHANGE + "$ResponseBodySource";

  @Override
  public String name() {
    return "okhttp";
  }

  @Override
  public String testedVersions() {
    return "4.12.0, 5.3.2";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes =
        new ArrayList<>(Probe.bound(List.of(CONNECTION + "RealCall$AsyncCall"), "run"));
    probes.add(Probe.read(EXCHANGE, "<init>", WireHooks.begun()));
    probes.add(Probe.read(EXCHANGE, "finishRequest", WireHooks.sent()));
    probes.add(Probe.read(EXCHANGE, "readResponseHeaders", WireHooks.read()));
    probes.add(Probe.read(BODY, "<init>", WireHooks.partOf(0)));
    probes.add(Probe.read(BODY, "read", WireHooks.read()));
    // Connections and caches are kept for everybody by one task that goes on and on.
    probes.add(Probe.loop("okhttp3.internal.concurrent.TaskRunner$runnable$1", "run"));
    connections(probes);
    queue(probes);
    return probes;
  }

  /** More calls of one host, or of all, than may run at once wait for their turn. */
  private static void queue(List<Probe> probes) {
    Opening wait = new Opening();
    probes.add(
        Probe.read("okhttp3.Dispatcher", "enqueue$okhttp", wait.waits(null, At.argument(0)))
            .connecting(Connect.POOL_WAIT));
    probes.add(
        Probe.read(CONNECTION + "RealCall$AsyncCall", "executeOn", wait.endsBefore(At.self())));
  }

  /** The JDK's sockets below tell of look-ups, and of TCP where no addresses race. */
  private static void connections(List<Probe> probes) {
    String plan = CONNECTION + "ConnectPlan";
    String planner = CONNECTION + "RealRoutePlanner";
    // Addresses that race are one step, which begins with the first and ends with the winner.
    Opening race = new Opening();
    probes.add(
        Probe.read(planner, "planConnectToRoute$okhttp", race.begins(At.self(), At.result()))
            .connecting(Connect.TCP));
    probes.add(Probe.read(plan, "connectTcp", race.goesOn(At.self())));
    probes.add(Probe.read(plan, "connectTcp", race.endsIf(new Success(), At.self())));
    probes.add(
        Probe.read(
                CONNECTION + "FastFallbackExchangeFinder",
                "find",
                race.ends(At.self("getRoutePlanner")))
            .alsoIn(CONNECTION + "SequentialExchangeFinder"));
    probes.add(
        Probe.connect(Connect.TLS, CONNECTION + "RealConnection", "connectTls").alsoIn(plan));
    probes.add(Probe.connect(Connect.HTTP2, CONNECTION + "RealConnection", "startHttp2"));
  }

  private static final class Success implements Opening.Done {
    @Override
    public boolean isSo(Object self, Object[] args, Object result) {
      return Boolean.TRUE.equals(Read.path(result, "isSuccess"));
    }
  }
}

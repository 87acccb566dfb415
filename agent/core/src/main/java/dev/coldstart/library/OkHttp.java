package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.WireHooks;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries the request through OkHttp's asynchronous calls: a call belongs to whoever enqueued it,
 * also when the end of somebody else's call lets it begin. Tells what a model call waited for on
 * the wire. No timing of its own.
 */
public final class OkHttp implements Library {
  private static final String EXCHANGE = "okhttp3.internal.connection.Exchange";
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
        new ArrayList<>(
            Probe.bound(List.of("okhttp3.internal.connection.RealCall$AsyncCall"), "run"));
    probes.add(Probe.read(EXCHANGE, "<init>", WireHooks.begun()));
    probes.add(Probe.read(EXCHANGE, "finishRequest", WireHooks.sent()));
    probes.add(Probe.read(EXCHANGE, "readResponseHeaders", WireHooks.read()));
    probes.add(Probe.read(BODY, "<init>", WireHooks.partOf(0)));
    probes.add(Probe.read(BODY, "read", WireHooks.read()));
    // Connections and caches are kept for everybody by one task that goes on and on.
    probes.add(Probe.loop("okhttp3.internal.concurrent.TaskRunner$runnable$1", "run"));
    return probes;
  }
}

package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries the request through OkHttp's asynchronous calls: a call belongs to whoever enqueued it,
 * also when the end of somebody else's call lets it begin. No timing.
 */
public final class OkHttp implements Library {
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
    // Connections and caches are kept for everybody by one task that goes on and on.
    probes.add(Probe.loop("okhttp3.internal.concurrent.TaskRunner$runnable$1", "run"));
    return probes;
  }
}

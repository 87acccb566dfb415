package dev.coldstart.library;

import dev.coldstart.phase.Connect;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.net.Opening;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Apache HttpClient 4 and 5: waiting for a connection of its pool. The JDK tells the steps of those
 * that it opens. What is asked for, a lease or an answer, belongs to who asked, whoever completes
 * it.
 */
public final class ApacheHttpClient implements Library {
  private static final String POOL4 = "org.apache.http.pool.RouteSpecificPool";
  private static final String CORE5 = "org.apache.hc.core5.";
  private static final String FUTURE5 = CORE5 + "concurrent.BasicFuture";

  @Override
  public String name() {
    return "apache-httpclient";
  }

  @Override
  public String testedVersions() {
    return "4.4.16, 5.3.6 (of its core; clients 4.5.14, 5.5.1)";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes = new ArrayList<>(Probe.bound(List.of(FUTURE5), "completed", "failed"));
    Opening waiting = new Opening();
    probes.add(
        Probe.read(POOL4, "queue", waiting.begins(At.argument(0))).connecting(Connect.POOL_WAIT));
    probes.add(Probe.read(POOL4, "unqueue", waiting.ends(At.argument(0))));
    Opening lease = new Opening();
    probes.add(
        Probe.read(CORE5 + "pool.StrictConnPool", "lease", lease.waits(new Done(), At.result()))
            .alsoIn(CORE5 + "pool.LaxConnPool")
            .arity(4)
            .connecting(Connect.POOL_WAIT));
    probes.add(Probe.read(FUTURE5, "completed", lease.endsBefore(At.self())));
    probes.add(Probe.read(FUTURE5, "failed", lease.fails(At.argument(0), At.self())));
    probes.add(Probe.read(FUTURE5, "cancel", lease.givenUp(At.self())).arity(1));
    return probes;
  }

  private static final class Done implements Opening.Done {
    @Override
    public boolean isSo(Object self, Object[] args, Object result) {
      return !(result instanceof Future<?> future) || future.isDone();
    }
  }
}

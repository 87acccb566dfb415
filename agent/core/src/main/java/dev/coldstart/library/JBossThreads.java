package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.List;

/**
 * Carries the request through the pools and I/O threads of Undertow and Quarkus, which are no JDK
 * pools. No timing.
 */
public final class JBossThreads implements Library {
  private static final String POOL = "org.jboss.threads.EnhancedQueueExecutor";
  private static final String IO_THREAD = "org.xnio.nio.WorkerThread";

  @Override
  public String name() {
    return "jboss-threads";
  }

  @Override
  public String testedVersions() {
    return "3.1.0, 3.7.0, 3.9.1, 3.9.2; XNIO 3.8.16";
  }

  @Override
  public List<Probe> probes() {
    return List.of(
        Probe.handOff(POOL, "tryExecute"),
        Probe.runArgument(POOL, "safeRun"),
        // From 3.2 on tasks are wrapped before they are queued.
        Probe.run(POOL + "$Task", "run"),
        Probe.loop(POOL + "$ThreadBody", "run"),
        Probe.handOff(IO_THREAD, "execute"),
        Probe.runArgument(IO_THREAD, "safeRun"),
        Probe.loop(IO_THREAD, "run"));
  }
}

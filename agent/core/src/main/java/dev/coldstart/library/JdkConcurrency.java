package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries the request from thread to thread in the JDK: thread pools, fork-join pools, completable
 * futures, timers, new threads and virtual threads. No timing. Names differ between JDK 17 and 25;
 * one that is absent is skipped.
 */
public final class JdkConcurrency implements Library {
  private static final String FORK_JOIN_POOL = "java.util.concurrent.ForkJoinPool";
  private static final String FORK_JOIN_TASK = "java.util.concurrent.ForkJoinTask";
  private static final String FUTURE = "java.util.concurrent.CompletableFuture$";

  /** The dependent stages of CompletableFuture: each runs its function inside tryFire. */
  private static final String[] STAGES = {
    "UniAccept",
    "UniRun",
    "UniWhenComplete",
    "UniHandle",
    "UniExceptionally",
    "UniComposeExceptionally",
    "UniCompose",
    "BiApply",
    "BiAccept",
    "BiRun",
    "OrApply",
    "OrAccept",
    "OrRun"
  };

  @Override
  public String name() {
    return "jdk-concurrency";
  }

  @Override
  public String testedVersions() {
    return "JDK 17, 25";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    String pool = "java.util.concurrent.ThreadPoolExecutor";
    String tomcat = "org.apache.tomcat.util.threads.ThreadPoolExecutor";
    probes.add(Probe.handOff(pool, "execute"));
    probes.add(Probe.handOff(tomcat, "executeInternal"));
    probes.add(Probe.runCalls(pool, "runWorker").alsoIn(tomcat));
    // Also reaches workers whose loop is older than the weaving, unless a subclass overrides it.
    probes.add(Probe.takeTask(pool, "beforeExecute").alsoIn(tomcat));
    String scheduled = "java.util.concurrent.ScheduledThreadPoolExecutor";
    probes.add(Probe.handOff(scheduled, "delayedExecute"));
    // The next period of a task, queued by the last one.
    probes.add(Probe.handOff(scheduled, "reExecutePeriodic"));
    probes.add(Probe.handOffToPool(FORK_JOIN_POOL, "externalSubmit"));
    probes.add(Probe.handOffToPool(FORK_JOIN_POOL, "poolSubmit"));
    probes.add(Probe.bind("java.util.concurrent.DelayScheduler$ScheduledForkJoinTask", "<init>"));
    probes.add(Probe.handOffSelf(FORK_JOIN_TASK, "fork"));
    probes.add(Probe.run(FORK_JOIN_TASK, "doExec"));
    probes.add(Probe.handOffSelf("java.lang.Thread", "start"));
    // start() ends in start(ThreadContainer).
    probes.add(Probe.handOffSelf("java.lang.VirtualThread", "start").arity(1));
    probes.add(
        Probe.loop("java.util.concurrent.ForkJoinWorkerThread", "run")
            .alsoIn("java.util.concurrent.DelayScheduler", "jdk.internal.misc.InnocuousThread"));
    probes.add(Probe.bind("java.util.TimerTask", "<init>"));
    probes.add(Probe.loop("java.util.TimerThread", "run"));
    probes.add(Probe.runCalls("java.util.TimerThread", "mainLoop"));
    probes.add(Probe.bind(FUTURE + "UniCompletion", "<init>"));
    Probe stage = Probe.run(FUTURE + "UniApply", "tryFire");
    for (String other : STAGES) {
      stage = stage.alsoIn(FUTURE + other);
    }
    probes.add(stage);
    return probes;
  }
}

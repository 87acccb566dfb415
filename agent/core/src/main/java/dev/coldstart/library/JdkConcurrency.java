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

  /**
   * The dependent stages of CompletableFuture with a function, which runs inside tryFire. Those
   * that only pass a result on are nobody's.
   */
  private static final List<String> STAGES =
      List.of(
          FUTURE + "UniApply",
          FUTURE + "UniAccept",
          FUTURE + "UniRun",
          FUTURE + "UniWhenComplete",
          FUTURE + "UniHandle",
          FUTURE + "UniExceptionally",
          FUTURE + "UniComposeExceptionally",
          FUTURE + "UniCompose",
          FUTURE + "BiApply",
          FUTURE + "BiAccept",
          FUTURE + "BiRun",
          FUTURE + "OrApply",
          FUTURE + "OrAccept",
          FUTURE + "OrRun");

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
    probes.addAll(Probe.bound(STAGES, "tryFire"));
    Probe fired = Probe.letGo(STAGES.get(0), "tryFire");
    probes.add(fired.alsoIn(STAGES.subList(1, STAGES.size()).toArray(new String[0])));
    return probes;
  }
}

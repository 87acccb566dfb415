package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries the request through Reactor: objects made while somebody subscribes (a sink, a stage that
 * changes threads, the last consumer) stand for the request that subscribed, whoever signals them.
 * Operators in between run in line and need nothing. No timing.
 */
public final class Reactor implements Library {
  private static final String PUBLISHER = "reactor.core.publisher.";
  private static final String SCHEDULER = "reactor.core.scheduler.";
  private static final String CREATE = PUBLISHER + "FluxCreate$";
  private static final String VIRTUAL = SCHEDULER + "BoundedElasticThreadPerTaskScheduler$";

  @Override
  public String name() {
    return "reactor";
  }

  @Override
  public String testedVersions() {
    return "3.7.19";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    // Other schedulers queue in the JDK's pools.
    probes.addAll(
        Probe.bound(
            List.of(
                SCHEDULER + "ExecutorScheduler$ExecutorPlainRunnable",
                SCHEDULER + "ExecutorScheduler$ExecutorTrackedRunnable",
                VIRTUAL + "SchedulerTask"),
            "run",
            "call"));
    probes.add(
        Probe.loop(SCHEDULER + "ExecutorScheduler$ExecutorSchedulerTrampolineWorker", "run"));
    probes.addAll(
        Probe.bound(
            List.of(
                PUBLISHER + "FluxPublishOn$PublishOnSubscriber",
                PUBLISHER + "FluxPublishOn$PublishOnConditionalSubscriber",
                PUBLISHER + "MonoPublishOn$PublishOnSubscriber"),
            "run"));
    probes.addAll(
        Probe.bound(
            List.of(
                CREATE + "SerializedFluxSink",
                CREATE + "BaseSink",
                CREATE + "BufferAsyncSink",
                CREATE + "LatestAsyncSink",
                CREATE + "NoOverflowBaseAsyncSink",
                CREATE + "IgnoreSink"),
            "next",
            "complete",
            "error"));
    probes.addAll(
        Probe.bound(List.of(PUBLISHER + "MonoCreate$DefaultMonoSink"), "success", "error"));
    // Each subscriber of a sink, or of a cached result, gets it for its own request.
    probes.addAll(
        Probe.bound(
            List.of(
                PUBLISHER + "Operators$MonoInnerProducerBase",
                PUBLISHER + "SinkOneMulticast$NextInner",
                PUBLISHER + "SinkEmptyMulticast$VoidInner",
                PUBLISHER + "Operators$MonoSubscriber",
                PUBLISHER + "NextProcessor$NextInner"),
            "complete",
            "error",
            "onComplete",
            "onError"));
    probes.addAll(
        Probe.bound(
            List.of(PUBLISHER + "SinkManyBestEffort$DirectInner"),
            "tryEmitNext",
            "directEmitNext",
            "emitComplete",
            "emitError"));
    // A sink for one subscriber stands for the request of that one.
    String unicast = PUBLISHER + "SinkManyUnicast";
    probes.add(Probe.bind(unicast, "subscribe").alsoIn(unicast + "NoBackpressure"));
    probes.add(Probe.run(unicast, "drain"));
    probes.add(Probe.run(unicast + "NoBackpressure", "tryEmitNext"));
    probes.add(Probe.run(unicast + "NoBackpressure", "tryEmitComplete"));
    probes.add(Probe.run(unicast + "NoBackpressure", "tryEmitError"));
    return probes;
  }
}

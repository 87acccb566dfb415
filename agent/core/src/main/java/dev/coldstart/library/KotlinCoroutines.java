package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries the request through Kotlin coroutines: a suspended continuation stands for the request it
 * was suspended in, whichever thread resumes it and whichever dispatcher runs it. No timing.
 */
public final class KotlinCoroutines implements Library {
  private static final String COROUTINES = "kotlinx.coroutines.";

  @Override
  public String name() {
    return "kotlin-coroutines";
  }

  @Override
  public String testedVersions() {
    return "1.10.2";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    String suspended = COROUTINES + "CancellableContinuationImpl";
    probes.add(
        Probe.bind(suspended, "<init>").alsoIn(COROUTINES + "internal.DispatchedContinuation"));
    probes.add(Probe.run(COROUTINES + "DispatchedTask", "run"));
    // Runs here and now when its dispatcher does not mind the thread.
    probes.add(Probe.run(suspended, "dispatchResume"));
    // What is no coroutine: dispatchers used as executors.
    probes.addAll(Probe.bound(List.of(COROUTINES + "scheduling.TaskImpl"), "run"));
    probes.add(
        Probe.loop(COROUTINES + "scheduling.CoroutineScheduler$Worker", "run")
            .alsoIn(
                COROUTINES + "internal.LimitedDispatcher$Worker", COROUTINES + "DefaultExecutor"));
    return probes;
  }
}

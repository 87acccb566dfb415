package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries the request through RxJava 3: emitters, stages that change threads and subscribers of
 * subjects stand for the request that subscribed. No timing.
 */
public final class RxJava implements Library {
  private static final String RX = "io.reactivex.rxjava3.";
  private static final String OPERATORS = RX + "internal.operators.";
  private static final String FLOWABLE = OPERATORS + "flowable.FlowableCreate$";
  private static final String EXECUTOR = RX + "internal.schedulers.ExecutorScheduler$";

  @Override
  public String name() {
    return "rxjava";
  }

  @Override
  public String testedVersions() {
    return "3.1.12";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    // Other schedulers queue in the JDK's pools.
    probes.addAll(
        Probe.bound(
            List.of(
                EXECUTOR + "DelayedRunnable",
                EXECUTOR + "ExecutorWorker$BooleanRunnable",
                EXECUTOR + "ExecutorWorker$InterruptibleRunnable",
                OPERATORS + "flowable.FlowableObserveOn$BaseObserveOnSubscriber",
                OPERATORS + "observable.ObservableObserveOn$ObserveOnObserver",
                OPERATORS + "single.SingleObserveOn$ObserveOnSingleObserver",
                OPERATORS + "maybe.MaybeObserveOn$ObserveOnMaybeObserver",
                OPERATORS + "completable.CompletableObserveOn$ObserveOnCompletableObserver"),
            "run"));
    probes.add(Probe.loop(EXECUTOR + "ExecutorWorker", "run"));
    probes.addAll(
        Probe.bound(
            List.of(
                FLOWABLE + "BaseEmitter",
                FLOWABLE + "BufferAsyncEmitter",
                FLOWABLE + "LatestAsyncEmitter",
                FLOWABLE + "NoOverflowBaseAsyncEmitter",
                FLOWABLE + "MissingEmitter",
                FLOWABLE + "SerializedEmitter",
                OPERATORS + "observable.ObservableCreate$CreateEmitter",
                OPERATORS + "observable.ObservableCreate$SerializedEmitter",
                OPERATORS + "single.SingleCreate$Emitter",
                OPERATORS + "maybe.MaybeCreate$Emitter",
                OPERATORS + "completable.CompletableCreate$Emitter",
                RX + "subjects.PublishSubject$PublishDisposable",
                RX + "processors.PublishProcessor$PublishSubscription"),
            "onNext",
            "onSuccess",
            "onComplete",
            "onError",
            "tryOnError"));
    return probes;
  }
}

package dev.coldstart.it.app;

import io.reactivex.rxjava3.core.BackpressureStrategy;
import io.reactivex.rxjava3.core.Completable;
import io.reactivex.rxjava3.core.CompletableEmitter;
import io.reactivex.rxjava3.core.Emitter;
import io.reactivex.rxjava3.core.Flowable;
import io.reactivex.rxjava3.core.Maybe;
import io.reactivex.rxjava3.core.MaybeEmitter;
import io.reactivex.rxjava3.core.Observable;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.core.SingleEmitter;
import io.reactivex.rxjava3.functions.Function;
import io.reactivex.rxjava3.schedulers.Schedulers;
import io.reactivex.rxjava3.subjects.PublishSubject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The ways of RxJava: schedulers, and signals that come from threads of nobody. */
public final class RxJavaWays implements Ways.OfLibrary {
  private static final PublishSubject<Integer> SHARED = PublishSubject.create();
  private static final java.util.concurrent.CountDownLatch ALL =
      new java.util.concurrent.CountDownLatch(8);

  @Override
  public void addTo(Map<String, Ways.Way> all) {
    Executor executor = RxJavaWays::onOutsider;
    all.put("computation", w -> await(one().observeOn(Schedulers.computation()).map(run(w))));
    all.put("io", w -> await(one().map(run(w)).subscribeOn(Schedulers.io())));
    all.put("single", w -> await(one().observeOn(Schedulers.single()).map(run(w))));
    all.put("newThread", w -> await(one().observeOn(Schedulers.newThread()).map(run(w))));
    all.put("from", w -> await(one().observeOn(Schedulers.from(executor)).map(run(w))));
    all.put("timer", w -> await(Flowable.timer(2, TimeUnit.MILLISECONDS).map(run(w))));
    all.put("interval", w -> await(Flowable.interval(2, TimeUnit.MILLISECONDS).take(3).map(run(w))));
    all.put("observeOn", w -> await(Observable.range(0, 3).observeOn(Schedulers.io()).map(run(w)).toFlowable(BackpressureStrategy.BUFFER)));
    all.put("singleObserveOn", w -> await(Single.just(1).observeOn(Schedulers.io()).map(run(w)).toFlowable()));
    all.put("maybeObserveOn", w -> await(Maybe.just(1).observeOn(Schedulers.io()).map(run(w)).toFlowable()));
    all.put("completableObserveOn", w -> await(Completable.complete().observeOn(Schedulers.io()).andThen(one().map(run(w)))));
    all.put("parallel", w -> await(Flowable.range(0, 4).parallel(2).runOn(Schedulers.computation()).map(run(w)).sequential()));
    for (BackpressureStrategy each : BackpressureStrategy.values()) {
      all.put(
          "flowable-" + each,
          w -> RxJavaWays.<Emitter<Integer>>foreign(
              got -> last(Flowable.<Integer>create(got::accept, each).map(run(w))), RxJavaWays::two));
    }
    all.put("serialized", w -> RxJavaWays.<Emitter<Integer>>foreign(
        got -> last(Flowable.<Integer>create(e -> got.accept(e.serialize()), BackpressureStrategy.BUFFER).map(run(w))), RxJavaWays::two));
    all.put("observable", w -> RxJavaWays.<Emitter<Integer>>foreign(
        got -> last(Observable.<Integer>create(got::accept).map(run(w)).toFlowable(BackpressureStrategy.BUFFER)), RxJavaWays::two));
    all.put("singleCreate", w -> RxJavaWays.<SingleEmitter<Integer>>foreign(
        got -> last(Single.<Integer>create(got::accept).map(run(w)).toFlowable()), e -> e.onSuccess(1)));
    all.put("maybeCreate", w -> RxJavaWays.<MaybeEmitter<Integer>>foreign(
        got -> last(Maybe.<Integer>create(got::accept).defaultIfEmpty(1).map(run(w)).toFlowable()), MaybeEmitter::onComplete));
    all.put("completableCreate", w -> RxJavaWays.<CompletableEmitter>foreign(
        got -> last(Completable.create(got::accept).doOnError(e -> w.run()).onErrorComplete().toFlowable()),
        e -> e.onError(new IllegalStateException())));
    all.put("subject", RxJavaWays::subject);
  }

  private static void onOutsider(Runnable task) {
    try {
      Ways.outsider(
          () -> {
            task.run();
            return null;
          });
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Flowable<Integer> one() {
    return Flowable.just(1).hide();
  }

  private static <T> Function<T, Integer> run(Runnable work) {
    return x -> {
      work.run();
      return 1;
    };
  }

  private static void two(Emitter<Integer> emitter) {
    emitter.onNext(1);
    emitter.onNext(2);
    emitter.onComplete();
  }

  private static void await(Flowable<?> flowable) throws Exception {
    last(flowable).get(30, TimeUnit.SECONDS);
  }

  private static CompletableFuture<Object> last(Flowable<?> flowable) {
    CompletableFuture<Object> done = new CompletableFuture<>();
    var unused = flowable.subscribe(x -> {}, done::completeExceptionally, () -> done.complete(1));
    return done;
  }

  private interface Subscription<S> {
    CompletableFuture<Object> on(Consumer<S> emitter);
  }

  /** Subscribed here, signalled by nobody's thread. */
  private static <S> void foreign(Subscription<S> subscription, Consumer<S> signals)
      throws Exception {
    AtomicReference<S> emitter = new AtomicReference<>();
    CompletableFuture<Object> done = subscription.on(emitter::set);
    Ways.outsider(
        () -> {
          signals.accept(emitter.get());
          return null;
        });
    done.get(30, TimeUnit.SECONDS);
  }

  /** All requests hear what one of them says. */
  private static void subject(Runnable work) throws Exception {
    CompletableFuture<Object> done =
        last(SHARED.map(run(work)).take(1).toFlowable(BackpressureStrategy.BUFFER));
    ALL.countDown();
    ALL.await(30, TimeUnit.SECONDS);
    synchronized (SHARED) {
      SHARED.onNext(1);
    }
    done.get(30, TimeUnit.SECONDS);
  }
}

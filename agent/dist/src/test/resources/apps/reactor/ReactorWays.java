package dev.coldstart.it.app;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The ways of Reactor: schedulers, and signals that come from threads of nobody. */
public final class ReactorWays implements Ways.OfLibrary {
  private static final Scheduler SHARED = Schedulers.fromExecutor(ReactorWays::onOutsider);
  private static final Sinks.One<Integer> ONE = Sinks.one();
  private static final Mono<Integer> CACHED = ONE.asMono().cache();
  private static final CountDownLatch ALL = new CountDownLatch(8);

  @Override
  public void addTo(Map<String, Ways.Way> all) {
    all.put("publishOn", work -> await(one().publishOn(Schedulers.parallel()).map(run(work))));
    all.put("publishOnFlux", work -> await(Flux.range(0, 3).publishOn(Schedulers.single()).map(run(work))));
    all.put("subscribeOn", work -> await(one().map(run(work)).subscribeOn(Schedulers.boundedElastic())));
    all.put("fromExecutor", work -> await(one().publishOn(SHARED).map(run(work))));
    all.put("delay", work -> await(Mono.delay(Duration.ofMillis(2)).map(run(work))));
    all.put("delayElements", work -> await(Flux.range(0, 2).delayElements(Duration.ofMillis(2)).map(run(work))));
    all.put("interval", work -> await(Flux.interval(Duration.ofMillis(2)).take(3).map(run(work))));
    all.put("flatMap", work -> await(Flux.range(0, 3).flatMap(i -> one().publishOn(Schedulers.parallel())).map(run(work))));
    all.put("parallelFlux", work -> await(Flux.range(0, 4).parallel(2).runOn(Schedulers.parallel()).map(run(work)).sequential()));
    all.put("timeout", work -> await(Mono.never().timeout(Duration.ofMillis(2)).onErrorResume(e -> one()).map(run(work))));
    all.put("retry", ReactorWays::retry);
    all.put("fluxCreate", work -> fluxCreate(work, false));
    all.put("fluxPush", work -> fluxCreate(work, true));
    all.put("monoCreate", ReactorWays::monoCreate);
    all.put("monoCreateError", ReactorWays::monoCreateError);
    all.put("future", ReactorWays::future);
    all.put("sinkOne", ReactorWays::sinkOne);
    all.put("sinkUnicast", ReactorWays::sinkUnicast);
    all.put("sinkDirect", ReactorWays::sinkDirect);
    all.put("cached", ReactorWays::cached);
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

  private static Mono<Integer> one() {
    return Mono.just(1).hide();
  }

  private static <T> Function<T, Integer> run(Runnable work) {
    return x -> {
      work.run();
      return 1;
    };
  }

  /** Without a thread that waits inside a bound object. */
  private static void await(org.reactivestreams.Publisher<?> publisher) throws Exception {
    CompletableFuture<Object> done = new CompletableFuture<>();
    Flux.from(publisher)
        .subscribe(x -> {}, done::completeExceptionally, () -> done.complete(1));
    done.get(30, TimeUnit.SECONDS);
  }

  private static void retry(Runnable work) throws Exception {
    await(
        Mono.defer(
                () -> {
                  work.run();
                  return Mono.error(new IllegalStateException());
                })
            .retryWhen(reactor.util.retry.Retry.fixedDelay(2, Duration.ofMillis(2)))
            .onErrorResume(e -> one()));
  }

  private interface Subscription<S> {
    CompletableFuture<Object> on(Consumer<S> sink);
  }

  /** Subscribed here, signalled by nobody's thread. */
  private static <S> void foreign(Subscription<S> subscription, Consumer<S> signals)
      throws Exception {
    AtomicReference<S> sink = new AtomicReference<>();
    CompletableFuture<Object> done = subscription.on(sink::set);
    Ways.outsider(
        () -> {
          signals.accept(sink.get());
          return null;
        });
    done.get(30, TimeUnit.SECONDS);
  }

  private static CompletableFuture<Object> last(Flux<?> flux) {
    CompletableFuture<Object> done = new CompletableFuture<>();
    flux.subscribe(x -> {}, done::completeExceptionally, () -> done.complete(1));
    return done;
  }

  private static void fluxCreate(Runnable work, boolean push) throws Exception {
    ReactorWays.<FluxSink<Integer>>foreign(
        got ->
            last((push ? Flux.<Integer>push(got) : Flux.<Integer>create(got)).map(run(work)).doOnComplete(work)),
        sink -> sink.next(1).next(2).complete());
  }

  private static void monoCreate(Runnable work) throws Exception {
    ReactorWays.<MonoSink<Integer>>foreign(
        got -> last(Mono.<Integer>create(got).map(run(work)).flux()), sink -> sink.success(1));
  }

  private static void monoCreateError(Runnable work) throws Exception {
    ReactorWays.<MonoSink<Integer>>foreign(
        got -> last(Mono.<Integer>create(got).onErrorResume(e -> one().map(run(work))).flux()),
        sink -> sink.error(new IllegalStateException()));
  }

  private static void future(Runnable work) throws Exception {
    CompletableFuture<Integer> future = new CompletableFuture<>();
    CompletableFuture<Object> done = last(Mono.fromFuture(future).map(run(work)).flux());
    Ways.outsider(() -> future.complete(1));
    done.get(30, TimeUnit.SECONDS);
  }

  private static void sinkOne(Runnable work) throws Exception {
    Sinks.One<Integer> sink = Sinks.one();
    CompletableFuture<Object> done = last(sink.asMono().map(run(work)).flux());
    Ways.outsider(() -> sink.tryEmitValue(1));
    done.get(30, TimeUnit.SECONDS);
  }

  private static void sinkUnicast(Runnable work) throws Exception {
    Sinks.Many<Integer> sink = Sinks.many().unicast().onBackpressureBuffer();
    CompletableFuture<Object> done = last(sink.asFlux().map(run(work)));
    Ways.outsider(() -> emit(sink));
    done.get(30, TimeUnit.SECONDS);
  }

  private static void sinkDirect(Runnable work) throws Exception {
    Sinks.Many<Integer> sink = Sinks.many().multicast().directBestEffort();
    CompletableFuture<Object> done = last(sink.asFlux().map(run(work)));
    Ways.outsider(() -> emit(sink));
    done.get(30, TimeUnit.SECONDS);
  }

  private static Object emit(Sinks.Many<Integer> sink) {
    sink.tryEmitNext(1);
    sink.tryEmitNext(2);
    return sink.tryEmitComplete();
  }

  /** All requests wait for one result that comes once, from one of them. */
  private static void cached(Runnable work) throws Exception {
    CompletableFuture<Object> done = last(CACHED.map(run(work)).flux());
    ALL.countDown();
    ALL.await(30, TimeUnit.SECONDS);
    ONE.tryEmitValue(1);
    done.get(30, TimeUnit.SECONDS);
  }
}

package dev.coldstart.it.app;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.HashedWheelTimer;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GenericFutureListener;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The ways of Netty: all requests share one event loop, which the first of them starts. */
public final class NettyWays implements Ways.OfLibrary {
  private static final EventExecutor LOOP = new NioEventLoopGroup(1).next();
  private static final EventExecutor PLAIN = new DefaultEventExecutorGroup(1).next();
  private static final HashedWheelTimer WHEEL = new HashedWheelTimer(1, TimeUnit.MILLISECONDS);
  private static final Promise<Integer> SHARED = LOOP.newPromise();
  private static final CountDownLatch ALL = new CountDownLatch(8);

  @Override
  public void addTo(Map<String, Ways.Way> all) {
    all.put("execute", work -> execute(LOOP, work));
    all.put("submit", work -> LOOP.submit(work).get());
    all.put("plain", work -> execute(PLAIN, work));
    all.put("global", work -> execute(GlobalEventExecutor.INSTANCE, work));
    all.put("schedule", work -> LOOP.schedule(work, 2, TimeUnit.MILLISECONDS).get());
    all.put("fromTheLoop", NettyWays::fromTheLoop);
    all.put("periods", NettyWays::periods);
    all.put("listener", NettyWays::listener);
    all.put("sharedPromise", NettyWays::sharedPromise);
    all.put("wheel", NettyWays::wheel);
  }

  private static void execute(EventExecutor executor, Runnable work) throws Exception {
    CompletableFuture<Object> done = new CompletableFuture<>();
    executor.execute(
        () -> {
          work.run();
          done.complete(1);
        });
    done.get(30, TimeUnit.SECONDS);
  }

  /** A task of the loop schedules another one. */
  private static void fromTheLoop(Runnable work) throws Exception {
    CompletableFuture<Object> done = new CompletableFuture<>();
    LOOP.execute(
        () ->
            LOOP.schedule(
                () -> {
                  work.run();
                  return done.complete(1);
                },
                2,
                TimeUnit.MILLISECONDS));
    done.get(30, TimeUnit.SECONDS);
  }

  private static void periods(Runnable work) throws Exception {
    Later.Period period = new Later.Period(work, 3);
    Future<?> task = LOOP.scheduleAtFixedRate(period, 1, 1, TimeUnit.MILLISECONDS);
    period.await(3);
    task.cancel(false);
  }

  private static void listener(Runnable work) throws Exception {
    Promise<Integer> promise = LOOP.newPromise();
    CompletableFuture<Object> done = new CompletableFuture<>();
    promise.addListener(running(work, done));
    Ways.outsider(() -> promise.setSuccess(1));
    done.get(30, TimeUnit.SECONDS);
  }

  /** All requests wait for one promise that one of them keeps. */
  private static void sharedPromise(Runnable work) throws Exception {
    CompletableFuture<Object> done = new CompletableFuture<>();
    SHARED.addListener(running(work, done));
    ALL.countDown();
    ALL.await(30, TimeUnit.SECONDS);
    SHARED.trySuccess(1);
    done.get(30, TimeUnit.SECONDS);
  }

  private static GenericFutureListener<Future<Integer>> running(
      Runnable work, CompletableFuture<Object> done) {
    return future -> {
      work.run();
      done.complete(1);
    };
  }

  private static void wheel(Runnable work) throws Exception {
    CompletableFuture<Object> done = new CompletableFuture<>();
    WHEEL.newTimeout(
        timeout -> {
          work.run();
          done.complete(1);
        },
        2,
        TimeUnit.MILLISECONDS);
    done.get(30, TimeUnit.SECONDS);
  }
}

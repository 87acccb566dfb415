package dev.coldstart.it.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The ways work is done later, or again and again. */
final class Later {
  private static final int PERIODS = 3;
  private static final ScheduledThreadPoolExecutor POOL = new ScheduledThreadPoolExecutor(2);
  private static final ForkJoinPool FORK_JOIN = new ForkJoinPool(2);

  /** Its thread is born in a request. */
  private static final class OfRequest {
    static final Timer TIMER = new Timer("timer", true);
  }

  /** Runs until it is told to stop, or has had enough periods. */
  static final class Period extends TimerTask {
    private final Runnable work;
    private final int limit;
    private int count;

    Period(Runnable work, int limit) {
      this.work = work;
      this.limit = limit;
    }

    @Override
    public void run() {
      synchronized (this) {
        if (count == limit) {
          return;
        }
      }
      work.run();
      synchronized (this) {
        count++;
        notifyAll();
      }
    }

    /** Waits for so many more periods. */
    synchronized void await(int more) throws InterruptedException {
      int target = count + more;
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
      while (count < target && System.nanoTime() - deadline < 0) {
        wait(100);
      }
      if (count < target) {
        throw new IllegalStateException("no more periods");
      }
    }

    /** Does nothing from now on. */
    void stop() {
      cancel();
    }
  }

  private interface Periodic {
    void start(Period period);
  }

  static void addTo(Map<String, Ways.Way> all, ExecutorService pool) {
    all.put("schedule", work -> POOL.schedule(work, 1, TimeUnit.MILLISECONDS).get());
    all.put("delayed", work -> delayed(work, pool));
    all.put("delayedCommon", Later::delayedCommon);
    all.put("completeOnTimeout", Later::completeOnTimeout);
    all.put("orTimeout", Later::orTimeout);
    all.put("timer", Later::timer);
    all.put("timerPeriods", work -> periods(work, Later::timed));
    all.put("poolPeriods", work -> periods(work, Later::pooled));
    if (Runtime.version().feature() >= 25) {
      all.put(
          "forkJoinSchedule", work -> scheduled().schedule(work, 1, TimeUnit.MILLISECONDS).get());
      all.put("forkJoinPeriods", work -> periods(work, Later::forkJoined));
    }
  }

  /** Starts the same work on everything that repeats; it is to be stopped. */
  static List<Period> everyMillisecond(Runnable work) {
    List<Periodic> ways = new ArrayList<>(List.of(Later::timed, Later::pooled));
    if (Runtime.version().feature() >= 25) {
      ways.add(Later::forkJoined);
    }
    List<Period> periods = new ArrayList<>();
    for (Periodic way : ways) {
      Period period = new Period(work, Integer.MAX_VALUE);
      way.start(period);
      periods.add(period);
    }
    return periods;
  }

  private static void timed(Period period) {
    OfRequest.TIMER.schedule(period, 1, 1);
  }

  private static void pooled(Period period) {
    var unused = POOL.scheduleAtFixedRate(period, 1, 1, TimeUnit.MILLISECONDS);
  }

  private static void forkJoined(Period period) {
    var unused = scheduled().scheduleWithFixedDelay(period, 1, 1, TimeUnit.MILLISECONDS);
  }

  /** Since JDK 25 a fork-join pool schedules. */
  private static ScheduledExecutorService scheduled() {
    return (ScheduledExecutorService) (Executor) FORK_JOIN;
  }

  private static void periods(Runnable work, Periodic way) throws Exception {
    Period period = new Period(work, PERIODS);
    way.start(period);
    period.await(PERIODS);
    period.stop();
  }

  private static void timer(Runnable work) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    OfRequest.TIMER.schedule(
        new TimerTask() {
          @Override
          public void run() {
            work.run();
            done.countDown();
          }
        },
        1);
    done.await(30, TimeUnit.SECONDS);
  }

  private static void delayed(Runnable work, ExecutorService pool) throws Exception {
    Executor later = CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS, pool);
    CompletableFuture.runAsync(work, later).get();
  }

  private static void delayedCommon(Runnable work) throws Exception {
    Executor later = CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS);
    CompletableFuture.runAsync(work, later).get();
  }

  private static void completeOnTimeout(Runnable work) throws Exception {
    new CompletableFuture<Integer>()
        .completeOnTimeout(1, 2, TimeUnit.MILLISECONDS)
        .thenRun(work)
        .get();
  }

  private static void orTimeout(Runnable work) throws Exception {
    new CompletableFuture<Integer>()
        .orTimeout(2, TimeUnit.MILLISECONDS)
        .handle(
            (value, thrown) -> {
              work.run();
              return thrown;
            })
        .get();
  }

  private Later() {}
}

package dev.coldstart.it.truth;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a scripted agent. Every thread has a name of its own. */
final class Pools {
  static final int LEVELS = 4;

  private static final AtomicInteger THREADS = new AtomicInteger();
  private static final LinkedBlockingQueue<Runnable> LOOP = new LinkedBlockingQueue<>();
  private static final List<ExecutorService> FIXED = new ArrayList<>();
  private static final List<ScheduledExecutorService> SCHEDULED = new ArrayList<>();
  private static final List<ForkJoinPool> FORK_JOIN = new ArrayList<>();
  private static ThreadPoolExecutor callerRuns;

  /** Makes pools with so many threads each. */
  static void prepare(int threads) {
    for (int i = 0; i <= LEVELS; i++) {
      FIXED.add(Executors.newFixedThreadPool(threads));
      SCHEDULED.add(Executors.newScheduledThreadPool(threads));
      FORK_JOIN.add(new ForkJoinPool(threads));
    }
    callerRuns =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new SynchronousQueue<>(),
            new ThreadPoolExecutor.CallerRunsPolicy());
    Thread loop = new Thread(Pools::loop, "event-loop");
    loop.setDaemon(true);
    loop.start();
  }

  static ExecutorService fixed(int level) {
    return FIXED.get(level);
  }

  static ScheduledExecutorService scheduled(int level) {
    return SCHEDULED.get(level);
  }

  static ForkJoinPool forkJoin(int level) {
    return FORK_JOIN.get(level);
  }

  static ExecutorService callerRuns() {
    return callerRuns;
  }

  static Thread thread(Runnable work) {
    return new Thread(work, "own-" + THREADS.incrementAndGet());
  }

  /** Lets the event loop run something. */
  static void loop(Runnable work) {
    LOOP.add(work);
  }

  /** Waits until all work has ended, of whatever request. */
  static void close() throws InterruptedException {
    List<ExecutorService> all = new ArrayList<>(FIXED);
    all.addAll(SCHEDULED);
    all.addAll(FORK_JOIN);
    all.add(callerRuns);
    Ledger.awaitQuiet();
    for (ExecutorService pool : all) {
      pool.shutdown();
    }
    for (ExecutorService pool : all) {
      if (!pool.awaitTermination(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("a pool never came to rest");
      }
    }
  }

  private static void loop() {
    while (true) {
      try {
        LOOP.take().run();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Pools() {}
}

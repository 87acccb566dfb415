package dev.coldstart.it.app;

import java.lang.reflect.Method;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The ways work gets from one thread to another in the JDK. Each returns when the work is done. */
final class Ways {
  private static final ExecutorService POOL = Executors.newFixedThreadPool(4);
  private static final ThreadPoolExecutor OLD =
      new ThreadPoolExecutor(8, 8, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
  private static final ScheduledExecutorService SCHEDULED = Executors.newScheduledThreadPool(2);
  private static final ForkJoinPool FORK_JOIN = new ForkJoinPool(4);
  private static final SynchronousQueue<Runnable> OUTSIDE = new SynchronousQueue<>();
  private static final Map<String, Way> ALL = new LinkedHashMap<>();

  interface Way {
    void go(Runnable work) throws Exception;
  }

  /** Makes the threads that must not be born inside a request. */
  static void prepare() {
    Thread outsider = new Thread(Ways::outside, "outsider");
    outsider.setDaemon(true);
    outsider.start();
    OLD.prestartAllCoreThreads();
    ALL.put("execute", Ways::execute);
    ALL.put("oldThreads", work -> OLD.submit(work).get());
    ALL.put("submit", work -> POOL.submit(work).get());
    ALL.put("invokeAll", work -> POOL.invokeAll(List.of(callable(work), callable(work))));
    ALL.put("callerRuns", Ways::callerRuns);
    ALL.put(
        "nested", work -> await(POOL, () -> CompletableFuture.runAsync(work, SCHEDULED).join()));
    ALL.put("schedule", work -> SCHEDULED.schedule(work, 1, TimeUnit.MILLISECONDS).get());
    ALL.put("runAsync", work -> CompletableFuture.runAsync(work).get());
    ALL.put("supplyAsyncPool", work -> CompletableFuture.supplyAsync(() -> run(work), POOL).get());
    ALL.put("thenApply", work -> foreign(first -> first.thenApply(x -> run(work))));
    ALL.put("thenApplyAsync", work -> foreign(first -> first.thenApplyAsync(x -> run(work))));
    ALL.put("thenRunAsyncPool", work -> foreign(first -> first.thenRunAsync(work, POOL)));
    ALL.put("thenCompose", work -> foreign(f -> f.thenCompose(x -> f.thenApply(y -> run(work)))));
    ALL.put("thenCombine", Ways::thenCombine);
    ALL.put("handleChain", Ways::handleChain);
    ALL.put("delayed", Ways::delayed);
    ALL.put("orTimeout", Ways::orTimeout);
    ALL.put("parallelStream", Ways::parallelStream);
    ALL.put("forkJoinSubmit", work -> FORK_JOIN.submit(work).get());
    ALL.put("forkJoinExecute", work -> await(FORK_JOIN, work));
    ALL.put("recursiveTask", work -> FORK_JOIN.invoke(new Split(work, 4)));
    ALL.put("newThread", Ways::newThread);
    if (Runtime.version().feature() >= 21) {
      ALL.put("virtualExecutor", Ways::virtualExecutor);
      ALL.put("virtualThread", Ways::virtualThread);
    }
  }

  static void go(String way, Runnable work) throws Exception {
    ALL.get(way).go(work);
  }

  /** Pools without threads yet. */
  static List<ExecutorService> newPools() {
    return List.of(
        Executors.newFixedThreadPool(1), Executors.newScheduledThreadPool(1), new ForkJoinPool(1));
  }

  /** Lets a thread that never works for a request do something, and waits for it. */
  static void outsider(Callable<?> work) throws Exception {
    CompletableFuture<Object> done = new CompletableFuture<>();
    OUTSIDE.put(
        () -> {
          try {
            done.complete(work.call());
          } catch (Exception e) {
            done.completeExceptionally(e);
          }
        });
    done.get(30, TimeUnit.SECONDS);
  }

  /** Queues and runs many tasks of this request. */
  static void manyTasks(int count) throws Exception {
    POOL.invokeAll(Collections.nCopies(count, () -> null));
  }

  private static void outside() {
    while (true) {
      try {
        OUTSIDE.take().run();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static void execute(Runnable work) throws Exception {
    await(POOL, work);
  }

  private static void await(Executor executor, Runnable work) throws InterruptedException {
    CountDownLatch done = new CountDownLatch(1);
    executor.execute(
        () -> {
          work.run();
          done.countDown();
        });
    done.await(30, TimeUnit.SECONDS);
  }

  /** The pool is full: its queue rejects, and the caller runs the task itself. */
  private static void callerRuns(Runnable work) throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ThreadPoolExecutor full =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(1),
            new ThreadPoolExecutor.CallerRunsPolicy());
    Future<?> running = full.submit(() -> release.await(30, TimeUnit.SECONDS));
    Future<?> queued = full.submit(() -> 0);
    full.execute(work);
    release.countDown();
    running.get();
    queued.get();
    full.shutdown();
  }

  private interface Chain {
    CompletableFuture<?> on(CompletableFuture<Integer> first);
  }

  /** A chain made here and completed by a thread that belongs to nobody. */
  private static void foreign(Chain chain) throws Exception {
    CompletableFuture<Integer> first = new CompletableFuture<>();
    CompletableFuture<?> last = chain.on(first);
    outsider(() -> first.complete(1));
    last.get(30, TimeUnit.SECONDS);
  }

  private static void thenCombine(Runnable work) throws Exception {
    CompletableFuture<Integer> other = new CompletableFuture<>();
    foreign(
        first -> {
          CompletableFuture<?> both = first.thenCombine(other, (a, b) -> run(work));
          other.complete(2);
          return both;
        });
  }

  private static void handleChain(Runnable work) throws Exception {
    foreign(
        first ->
            first
                .thenAccept(x -> work.run())
                .handle((x, e) -> run(work))
                .whenComplete((x, e) -> work.run()));
  }

  private static void delayed(Runnable work) throws Exception {
    Executor later = CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS, POOL);
    CompletableFuture.runAsync(work, later).get();
  }

  private static void orTimeout(Runnable work) throws Exception {
    new CompletableFuture<Integer>()
        .completeOnTimeout(1, 2, TimeUnit.MILLISECONDS)
        .thenRun(work)
        .get();
  }

  private static void parallelStream(Runnable work) {
    IntStream.range(0, 4).parallel().forEach(i -> work.run());
  }

  private static void newThread(Runnable work) throws Exception {
    Thread thread = new Thread(() -> {});
    thread =
        new Thread(thread.getName()) {
          @Override
          public void run() {
            work.run();
          }
        };
    thread.start();
    thread.join();
  }

  // Java 21 by reflection: the tests are compiled for 17.
  private static void virtualExecutor(Runnable work) throws Exception {
    Method make = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
    ExecutorService executor = (ExecutorService) make.invoke(null);
    executor.submit(work).get();
    executor.shutdown();
  }

  private static void virtualThread(Runnable work) throws Exception {
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    ((Thread) start.invoke(null, work)).join();
  }

  private static Callable<Integer> callable(Runnable work) {
    return () -> run(work);
  }

  private static int run(Runnable work) {
    work.run();
    return 1;
  }

  private static final class Split extends RecursiveTask<Integer> {
    private static final long serialVersionUID = 1L;

    private final transient Runnable work;
    private final int parts;

    Split(Runnable work, int parts) {
      this.work = work;
      this.parts = parts;
    }

    @Override
    protected Integer compute() {
      if (parts == 1) {
        work.run();
        return 1;
      }
      Split left = new Split(work, parts / 2);
      Split right = new Split(work, parts / 2);
      left.fork();
      return right.compute() + left.join();
    }
  }

  private Ways() {}
}

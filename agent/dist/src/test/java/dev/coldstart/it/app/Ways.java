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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The ways work gets from one thread to another in the JDK. Each returns when the work is done. */
public final class Ways {
  private static final ExecutorService POOL = Executors.newFixedThreadPool(4);
  private static final ThreadPoolExecutor OLD =
      new ThreadPoolExecutor(8, 8, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>());
  private static final ScheduledExecutorService SCHEDULED = Executors.newScheduledThreadPool(2);
  private static final ForkJoinPool FORK_JOIN = new ForkJoinPool(4);
  private static final SynchronousQueue<Runnable> OUTSIDE = new SynchronousQueue<>();
  private static final Map<String, Way> ALL = new LinkedHashMap<>();

  /** One way to do some work on another thread, and to wait for it. */
  public interface Way {
    /** Returns when the work is done. */
    void go(Runnable work) throws Exception;
  }

  /** Those of a library. */
  public interface OfLibrary {
    /** Adds them by name; called once, before the first request. */
    void addTo(Map<String, Way> all) throws Exception;
  }

  /**
   * Makes the threads that must not be born inside a request.
   *
   * @param library class name of its ways, null for those of the JDK
   */
  static void prepare(String library) throws Exception {
    Thread outsider = new Thread(Ways::outside, "outsider");
    outsider.setDaemon(true);
    outsider.start();
    if (library != null) {
      Class.forName(library).asSubclass(OfLibrary.class).getConstructor().newInstance().addTo(ALL);
      return;
    }
    OLD.prestartAllCoreThreads();
    ALL.put("execute", work -> await(POOL, work));
    ALL.put("oldThreads", work -> OLD.submit(work).get());
    ALL.put("submit", work -> POOL.submit(work).get());
    ALL.put("invokeAll", work -> POOL.invokeAll(List.of(callable(work), callable(work))));
    ALL.put("invokeAny", work -> POOL.invokeAny(List.of(callable(work))));
    ALL.put("callerRuns", Ways::callerRuns);
    ALL.put("rejected", Ways::rejected);
    ALL.put("cancelled", Ways::cancelled);
    ALL.put(
        "nested", work -> await(POOL, () -> CompletableFuture.runAsync(work, SCHEDULED).join()));
    ALL.put("runAsync", work -> CompletableFuture.runAsync(work).get());
    ALL.put("supplyAsyncPool", work -> CompletableFuture.supplyAsync(() -> run(work), POOL).get());
    ALL.put("thenApply", work -> foreign(first -> first.thenApply(x -> run(work))));
    ALL.put("thenApplyAsync", work -> foreign(first -> first.thenApplyAsync(x -> run(work))));
    ALL.put("thenRunAsyncPool", work -> foreign(first -> first.thenRunAsync(work, POOL)));
    ALL.put("thenCompose", work -> foreign(f -> f.thenCompose(x -> f.thenApply(y -> run(work)))));
    ALL.put("thenCombine", Ways::thenCombine);
    ALL.put("handleChain", Ways::handleChain);
    ALL.put("parallelStream", Ways::parallelStream);
    ALL.put("forkJoinSubmit", work -> FORK_JOIN.submit(work).get());
    ALL.put("forkJoinExecute", work -> await(FORK_JOIN, work));
    ALL.put("recursiveTask", work -> FORK_JOIN.invoke(new Split(work, 4)));
    ALL.put("commonPool", work -> ForkJoinPool.commonPool().submit(work).get());
    ALL.put("newThread", work -> join(new Thread(work)));
    ALL.put("threadSubclass", Ways::threadSubclass);
    Later.addTo(ALL, POOL);
    if (Runtime.version().feature() >= 21) {
      ALL.put("virtualExecutor", Ways::virtualExecutor);
      ALL.put("virtualThread", Ways::virtualThread);
      ALL.put("virtualAfterBlocking", Ways::virtualAfterBlocking);
    }
    if (Runtime.version().feature() >= 25) {
      ALL.put("structured", Ways::structured);
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
  public static void outsider(Callable<?> work) throws Exception {
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

  private static void await(Executor executor, Runnable work) {
    CountDownLatch done = new CountDownLatch(1);
    executor.execute(
        () -> {
          work.run();
          done.countDown();
        });
    try {
      done.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The pool is full: its queue rejects, and the caller runs the task itself. */
  private static void callerRuns(Runnable work) throws Exception {
    withFullPool(new ThreadPoolExecutor.CallerRunsPolicy(), pool -> pool.execute(work));
  }

  /** The pool is full: another one gets the task. */
  private static void rejected(Runnable work) throws Exception {
    withFullPool(
        new ThreadPoolExecutor.AbortPolicy(),
        pool -> {
          try {
            pool.execute(work);
          } catch (RejectedExecutionException e) {
            join(new Thread(() -> await(POOL, work)));
          }
        });
  }

  /** A task that was cancelled while it was queued never runs; the next one does. */
  private static void cancelled(Runnable work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(1);
    CountDownLatch release = new CountDownLatch(1);
    Future<?> running = pool.submit(() -> release.await(30, TimeUnit.SECONDS));
    Future<?> queued = pool.submit(work);
    Future<?> next = pool.submit(work);
    queued.cancel(false);
    release.countDown();
    running.get();
    next.get();
    pool.shutdown();
  }

  private interface Use {
    void of(ThreadPoolExecutor pool) throws Exception;
  }

  private static void withFullPool(RejectedExecutionHandler handler, Use use) throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    ThreadPoolExecutor full =
        new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(1), handler);
    Future<?> running = full.submit(() -> release.await(30, TimeUnit.SECONDS));
    Future<?> queued = full.submit(() -> 0);
    use.of(full);
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

  private static void parallelStream(Runnable work) {
    IntStream.range(0, 4).parallel().forEach(i -> work.run());
  }

  private static void threadSubclass(Runnable work) throws Exception {
    join(
        new Thread() {
          @Override
          public void run() {
            work.run();
          }
        });
  }

  private static void join(Thread thread) throws InterruptedException {
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

  /** Its carrier may change in between. */
  private static void virtualAfterBlocking(Runnable work) throws Exception {
    virtualThread(
        () -> {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
          work.run();
        });
  }

  // A preview of Java 25.
  private static void structured(Runnable work) throws Exception {
    Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
    try (AutoCloseable scope = (AutoCloseable) type.getMethod("open").invoke(null)) {
      Method fork = type.getMethod("fork", Runnable.class);
      fork.invoke(scope, work);
      fork.invoke(scope, work);
      type.getMethod("join").invoke(scope);
    }
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

package dev.coldstart.it.truth;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** How work gets to the thread that does it. */
enum Way {
  INLINE(false) {
    @Override
    Pending start(int level, Runnable work) {
      work.run();
      return DONE;
    }
  },
  EXECUTE(false) {
    @Override
    Pending start(int level, Runnable work) {
      return counted(Pools.fixed(level), work);
    }
  },
  SUBMIT(false) {
    @Override
    Pending start(int level, Runnable work) {
      return future(Pools.fixed(level).submit(work));
    }
  },
  CALLABLES(false) {
    @Override
    Pending start(int level, Runnable work) throws Exception {
      Callable<Object> nothing = () -> null;
      Pools.fixed(level).invokeAll(List.of(Executors.callable(work), nothing));
      return DONE;
    }
  },
  SCHEDULE(false) {
    @Override
    Pending start(int level, Runnable work) {
      return future(Pools.scheduled(level).schedule(work, 200, TimeUnit.MICROSECONDS));
    }
  },
  CALLER_RUNS(false) {
    @Override
    Pending start(int level, Runnable work) {
      return counted(Pools.callerRuns(), work);
    }
  },
  FORK_JOIN_SUBMIT(false) {
    @Override
    Pending start(int level, Runnable work) {
      return future(Pools.forkJoin(level).submit(work));
    }
  },
  FORK_JOIN_FORK(false) {
    @Override
    Pending start(int level, Runnable work) {
      Pools.forkJoin(level).invoke(action(() -> action(work).fork().join()));
      return DONE;
    }
  },
  COMMON_POOL(true) {
    @Override
    Pending start(int level, Runnable work) {
      return future(CompletableFuture.runAsync(work));
    }
  },
  PARALLEL_STREAM(true) {
    @Override
    Pending start(int level, Runnable work) {
      IntStream.range(0, 4)
          .parallel()
          .forEach(
              i -> {
                if (i == 2) {
                  work.run();
                }
              });
      return DONE;
    }
  },
  SUPPLY_ASYNC(false) {
    @Override
    Pending start(int level, Runnable work) {
      return future(
          CompletableFuture.supplyAsync(() -> 1, Pools.scheduled(level))
              .thenApplyAsync(x -> ran(work), Pools.fixed(level)));
    }
  },
  COMPOSE(false) {
    @Override
    Pending start(int level, Runnable work) {
      Executor pool = Pools.fixed(level);
      return future(
          CompletableFuture.completedFuture(1)
              .thenCompose(x -> CompletableFuture.supplyAsync(() -> ran(work), pool)));
    }
  },
  DELAYED(false) {
    @Override
    Pending start(int level, Runnable work) {
      Executor later =
          CompletableFuture.delayedExecutor(200, TimeUnit.MICROSECONDS, Pools.fixed(level));
      return future(CompletableFuture.runAsync(work, later));
    }
  },
  THREAD(false) {
    @Override
    Pending start(int level, Runnable work) {
      Thread thread = Pools.thread(work);
      thread.start();
      return thread::join;
    }
  },
  /** An event loop completes a future; what depends on it runs there. */
  LOOP_CALLBACK(true) {
    @Override
    Pending start(int level, Runnable work) {
      CompletableFuture<Integer> answer = new CompletableFuture<>();
      Future<?> last = answer.thenApply(x -> ran(work));
      Pools.loop(() -> answer.complete(1));
      return future(last);
    }
  },
  /** The same, and both of two answers are needed. */
  LOOP_BOTH(true) {
    @Override
    Pending start(int level, Runnable work) {
      CompletableFuture<Integer> one = new CompletableFuture<>();
      CompletableFuture<Integer> other = new CompletableFuture<>();
      Future<?> last = one.thenCombine(other, (a, b) -> ran(work));
      Pools.loop(() -> one.complete(1));
      Pools.loop(() -> other.complete(1));
      return future(last);
    }
  },
  /** An event loop of its own kind runs it: nothing tells the agent whose it is. */
  UNKNOWN_LOOP(true) {
    @Override
    Pending start(int level, Runnable work) {
      CountDownLatch done = new CountDownLatch(1);
      Pools.loop(
          () -> {
            work.run();
            done.countDown();
          });
      return done::await;
    }
  },
  VIRTUAL_THREAD(false) {
    @Override
    Pending start(int level, Runnable work) {
      Thread thread = Virtual.FACTORY.newThread(work);
      thread.start();
      return thread::join;
    }
  },
  VIRTUAL_EXECUTOR(false) {
    @Override
    Pending start(int level, Runnable work) {
      return future(Virtual.EXECUTOR.submit(work));
    }
  };

  /** Work that was started. */
  interface Pending {
    void await() throws Exception;

    /** Interrupts it where that is possible. */
    default void cancel() {}
  }

  private static final Pending DONE = () -> {};

  /** Whether what it runs may not wait for other work, because its threads are everybody's. */
  final boolean leaf;

  Way(boolean leaf) {
    this.leaf = leaf;
  }

  /**
   * Starts work; ways that cannot do so without waiting for it have done it on return.
   *
   * @param level each waits only for pools of higher levels, so that none waits for itself
   */
  abstract Pending start(int level, Runnable work) throws Exception;

  boolean exists() {
    return Runtime.version().feature() >= 21 || !name().startsWith("VIRTUAL");
  }

  private static Pending future(Future<?> future) {
    return new Pending() {
      @Override
      public void await() throws Exception {
        future.get();
      }

      @Override
      public void cancel() {
        future.cancel(true);
      }
    };
  }

  /** The last thing the task does is to tell, after the act has ended. */
  private static Pending counted(Executor pool, Runnable work) {
    CountDownLatch done = new CountDownLatch(1);
    pool.execute(
        () -> {
          work.run();
          done.countDown();
        });
    return done::await;
  }

  private static int ran(Runnable work) {
    work.run();
    return 1;
  }

  private static RecursiveAction action(Runnable work) {
    return new RecursiveAction() {
      private static final long serialVersionUID = 1L;

      @Override
      protected void compute() {
        work.run();
      }
    };
  }

  /** Java 21 by reflection: the tests are compiled for 17. */
  private static final class Virtual {
    static final ThreadFactory FACTORY;
    static final ExecutorService EXECUTOR;

    static {
      try {
        Class<?> builder = Class.forName("java.lang.Thread$Builder$OfVirtual");
        Object virtual = Thread.class.getMethod("ofVirtual").invoke(null);
        Method named = builder.getMethod("name", String.class, long.class);
        Object withNames = named.invoke(virtual, "virtual-", 0L);
        FACTORY = (ThreadFactory) builder.getMethod("factory").invoke(withNames);
        EXECUTOR =
            (ExecutorService)
                Executors.class
                    .getMethod("newThreadPerTaskExecutor", ThreadFactory.class)
                    .invoke(null, FACTORY);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("no virtual threads", e);
      }
    }
  }
}

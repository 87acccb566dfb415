package dev.coldstart.it.app;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.ContinuationImpl;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CancellableContinuation;
import kotlinx.coroutines.CancellableContinuationImpl;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.Deferred;
import kotlinx.coroutines.DelayKt;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.ExecutorsKt;
import kotlinx.coroutines.GlobalScope;

/** The ways of Kotlin coroutines, as its compiler would write them. */
public final class CoroutineWays implements Ways.OfLibrary {
  private static final CoroutineContext POOL =
      ExecutorsKt.from(Executors.newFixedThreadPool(2));

  private interface Step {
    /** Returns a result, or that it suspends. */
    Object next(Steps self) throws Exception;
  }

  /** A suspending function: its steps, each of which may suspend; then it is done. */
  private static final class Steps extends ContinuationImpl {
    private static final long serialVersionUID = 1L;

    private final transient Step[] steps;
    private final transient CompletableFuture<Object> done;
    private int label;

    Steps(Continuation<Object> completion, CompletableFuture<Object> done, Step... steps) {
      super(completion);
      this.steps = steps;
      this.done = done;
    }

    @Override
    public Object invokeSuspend(Object result) {
      try {
        while (label < steps.length) {
          if (steps[label++].next(this) == IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
            return IntrinsicsKt.getCOROUTINE_SUSPENDED();
          }
        }
        done.complete(1);
      } catch (Throwable t) {
        done.completeExceptionally(t);
      }
      return Unit.INSTANCE;
    }
  }

  @Override
  public void addTo(Map<String, Ways.Way> all) {
    CoroutineContext cpu = Dispatchers.getDefault();
    CoroutineContext io = Dispatchers.getIO();
    CoroutineContext any = Dispatchers.getUnconfined();
    all.put("launch", work -> launch(cpu, run(work)));
    all.put("launchIo", work -> launch(io, run(work)));
    all.put("launchPool", work -> launch(POOL, run(work)));
    all.put("launchUnconfined", work -> launch(any, delay(), run(work)));
    all.put("delay", work -> launch(cpu, run(work), delay(), run(work), delay(), run(work)));
    all.put("withContext", work -> launch(cpu, withContext(io, work), run(work), withContext(POOL, work)));
    all.put("async", work -> launch(cpu, async(io, work), run(work)));
    all.put("yield", work -> launch(io, self -> kotlinx.coroutines.YieldKt.yield(cast(self)), run(work)));
    all.put("resumedByNobody", work -> resumed(cpu, work));
    all.put("resumedUnconfined", work -> resumed(any, work));
    all.put("runBlocking", CoroutineWays::blocking);
    all.put("executor", CoroutineWays::executor);
  }

  private static void launch(CoroutineContext context, Step... steps) throws Exception {
    CompletableFuture<Object> done = new CompletableFuture<>();
    start(context, done, steps);
    done.get(30, TimeUnit.SECONDS);
  }

  private static void start(
      CoroutineContext context, CompletableFuture<Object> done, Step... steps) {
    BuildersKt.launch(
        GlobalScope.INSTANCE,
        context,
        CoroutineStart.DEFAULT,
        (scope, completion) -> new Steps(cast(completion), done, steps).invokeSuspend(null));
  }

  private static Step run(Runnable work) {
    return self -> {
      work.run();
      return Unit.INSTANCE;
    };
  }

  private static Step delay() {
    return self -> DelayKt.delay(2, cast(self));
  }

  private static Step withContext(CoroutineContext context, Runnable work) {
    return self ->
        BuildersKt.withContext(
            context,
            (scope, inner) -> {
              work.run();
              return Unit.INSTANCE;
            },
            cast(self));
  }

  private static Step async(CoroutineContext context, Runnable work) {
    return self -> {
      Deferred<Integer> result =
          BuildersKt.async(
              GlobalScope.INSTANCE,
              context,
              CoroutineStart.DEFAULT,
              (scope, inner) -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
                work.run();
                return 1;
              });
      return result.await(cast(self));
    };
  }

  /** Suspended here, resumed by a thread of nobody. */
  private static void resumed(CoroutineContext context, Runnable work) throws Exception {
    AtomicReference<CancellableContinuation<Object>> suspended = new AtomicReference<>();
    CompletableFuture<Object> done = new CompletableFuture<>();
    CompletableFuture<Object> ready = new CompletableFuture<>();
    start(
        context,
        done,
        self -> {
          CancellableContinuationImpl<Object> continuation =
              new CancellableContinuationImpl<>(
                  kotlin.coroutines.intrinsics.IntrinsicsKt.intercepted(cast(self)), 1);
          continuation.initCancellability();
          suspended.set(continuation);
          ready.complete(1);
          return continuation.getResult();
        },
        run(work));
    ready.get(30, TimeUnit.SECONDS);
    Ways.outsider(
        () -> {
          suspended.get().resumeWith(Unit.INSTANCE);
          return null;
        });
    done.get(30, TimeUnit.SECONDS);
  }

  private static void blocking(Runnable work) throws Exception {
    CompletableFuture<Object> done = new CompletableFuture<>();
    BuildersKt.runBlocking(
        kotlin.coroutines.EmptyCoroutineContext.INSTANCE,
        (scope, completion) ->
            new Steps(cast(completion), done, run(work), delay(), run(work)).invokeSuspend(null));
    done.get(30, TimeUnit.SECONDS);
  }

  private static void executor(Runnable work) throws Exception {
    CompletableFuture.runAsync(work, ExecutorsKt.asExecutor(Dispatchers.getDefault())).get();
  }

  @SuppressWarnings("unchecked")
  private static <T> Continuation<T> cast(Continuation<?> any) {
    return (Continuation<T>) any;
  }
}

package dev.coldstart.weave;

import java.lang.ref.WeakReference;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;

/**
 * Model calls by what a future will give. A stage that tells us the result would be too late: those
 * that are added after it, the client's own ones among them, run before it.
 */
public final class AwaitedCalls {
  private static final Queue<Awaited> ALL = new ConcurrentLinkedQueue<>();

  private record Awaited(WeakReference<CompletableFuture<?>> future, ModelCall call)
      implements BiConsumer<Object, Throwable> {
    @Override
    public void accept(Object result, Throwable thrown) {
      if (thrown != null) {
        call.fail(thrown);
      }
    }
  }

  private AwaitedCalls() {}

  /** The result of the future will stand for the call; without a result the call has failed. */
  public static void put(CompletableFuture<?> future, ModelCall call) {
    Awaited awaited = new Awaited(new WeakReference<>(future), call);
    ALL.add(awaited);
    var unused = future.whenComplete(awaited);
  }

  /** The call an object stands for as the result of a future, null when it is none of ours. */
  public static ModelCall take(Object result) {
    for (Iterator<Awaited> all = ALL.iterator(); all.hasNext(); ) {
      Awaited next = all.next();
      CompletableFuture<?> future = next.future.get();
      if (future == null || next.call.endedNanos() != 0) {
        all.remove();
      } else if (future.isDone()
          && !future.isCompletedExceptionally()
          && future.getNow(null) == result) {
        all.remove();
        return next.call;
      }
    }
    return null;
  }
}

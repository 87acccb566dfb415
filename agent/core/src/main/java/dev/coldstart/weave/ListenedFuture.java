package dev.coldstart.weave;

import java.lang.reflect.Method;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

/**
 * Watches a {@code ListenableFuture} of Guava by a listener of its own, which is why nothing stands
 * in for it: its listeners run in the order in which they came. Who waits in {@code get()} may go
 * on a moment before they run.
 */
final class ListenedFuture {
  private static final String TYPE = "com.google.common.util.concurrent.ListenableFuture";

  private static final Executor AT_ONCE = Runnable::run;

  /** The method that adds a listener, in a list because a class value may not be null. */
  private static final ClassValue<Method[]> ADD_LISTENER =
      new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
          Method found = find(type);
          return found == null ? new Method[0] : new Method[] {found};
        }
      };

  private ListenedFuture() {}

  /** Tells the listener of the end of a future; false when the object is no such future. */
  static boolean watch(Object future, PublisherWatch.Listener listener) {
    if (!(future instanceof Future<?> watched)) {
      return false;
    }
    Method[] add = ADD_LISTENER.get(future.getClass());
    if (add.length == 0) {
      return false;
    }
    try {
      add[0].invoke(future, (Runnable) () -> ended(watched, listener), AT_ONCE);
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  private static void ended(Future<?> future, PublisherWatch.Listener listener) {
    Object value = null;
    Throwable thrown = null;
    // A thread that is interrupted would not be told, though everything is there.
    boolean interrupted = Thread.interrupted();
    try {
      value = future.get();
    } catch (ExecutionException e) {
      thrown = e.getCause();
    } catch (InterruptedException | CancellationException e) {
      thrown = e;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    PublisherWatch.complete(listener, value, thrown);
  }

  private static Method find(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Class<?> i : c.getInterfaces()) {
        Method found = i.getName().equals(TYPE) ? addListener(i) : find(i);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static Method addListener(Class<?> type) {
    try {
      return type.getMethod("addListener", Runnable.class, Executor.class);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}

package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Watches a publisher of the application (Reactor, RxJava 3, {@link Flow}, completable future)
 * through its own peeking operators. What a listener throws is swallowed: a throwing consumer would
 * break the application's stream. No lambdas: it runs in the first request, and each would be a
 * class spun there.
 */
public final class PublisherWatch {
  /** Gets the signals of each subscription. */
  public interface Listener {
    /** Somebody subscribed. */
    default void subscribed() {}

    /** An element passes. */
    void next(Object element);

    /** It fails with this; {@link #ended} follows. */
    default void failing(Throwable thrown) {}

    /** It completed, failed or was cancelled; told once. */
    void ended(boolean failed);
  }

  private static final int SUBSCRIBED = 0;
  private static final int NEXT = 1;
  private static final int FAILED = 2;
  private static final int ENDED = 3;

  private PublisherWatch() {}

  /**
   * What the application gets instead: a future that ends as the original one does, a peeking
   * publisher, or one that stands in for a {@link Flow.Publisher}. Stages that it adds to the
   * original one would run before ours. Whoever cancels or completes that future does so with the
   * original one.
   *
   * @return the very same object when it is none of these
   */
  @SuppressWarnings("FutureReturnValueIgnored") // it is returned
  public static Object of(Object publisher, Listener listener) {
    Told told = new Told(listener);
    if (publisher instanceof CompletableFuture<?> future) {
      told.tell(SUBSCRIBED, null);
      return watched(future, told);
    }
    if (publisher instanceof Flow.Publisher<?> flow) {
      return new FlowWatch(flow, listener);
    }
    PublisherType type = PublisherType.of(publisher);
    if (type == null) {
      return publisher;
    }
    try {
      Object watched = type.peekElements(publisher, new Signal(told, NEXT));
      watched = type.peek(watched, "doOnError", new Signal(told, FAILED));
      // Before those downstream know, who may end the request at once; doFinally is for a cancel.
      Signal ended = new Signal(told, ENDED);
      watched = type.peek(watched, "doOnTerminate", ended);
      watched = type.peek(watched, "doFinally", ended);
      return type.peekSubscription(watched, new Signal(told, SUBSCRIBED));
    } catch (ReflectiveOperationException e) {
      return publisher;
    }
  }

  private static <T> CompletableFuture<T> watched(CompletableFuture<T> future, Told told) {
    CompletableFuture<T> watched;
    if (future.getClass() == CompletableFuture.class) {
      // A dependent one would wrap what went wrong, and what looks at the exception see another.
      watched = new CompletableFuture<>();
      var unused = future.whenComplete(new Passed<>(told, watched));
    } else {
      // It may not let itself be completed, or do more when it is cancelled.
      watched = future.whenComplete(new Completed<>(told, null));
    }
    var unused = watched.whenComplete(new Completed<>(told, future));
    return watched;
  }

  /** A future has ended with a value, or threw. */
  static void complete(Listener listener, Object value, Throwable thrown) {
    new Told(listener).complete(value, thrown);
  }

  /** What a listener is told of one publisher; what it throws is swallowed. */
  private static final class Told {
    private final Listener listener;
    private final AtomicBoolean failed = new AtomicBoolean();
    private final AtomicBoolean open = new AtomicBoolean();

    Told(Listener listener) {
      this.listener = listener;
    }

    void complete(Object value, Throwable thrown) {
      tell(thrown == null ? NEXT : FAILED, thrown == null ? value : thrown);
      open.set(true);
      tell(ENDED, null);
    }

    void tell(int signal, Object element) {
      try {
        switch (signal) {
          case SUBSCRIBED -> {
            // A retry subscribes again: what failed before is over.
            failed.set(false);
            open.set(true);
            listener.subscribed();
          }
          case NEXT -> listener.next(element);
          case FAILED -> {
            failed.set(true);
            listener.failing((Throwable) element);
          }
          default -> {
            if (open.getAndSet(false)) {
              listener.ended(failed.get());
            }
          }
        }
      } catch (Throwable t) {
        // Also a linkage error: the stream is the application's.
        Hook.swallowed(t);
      }
    }
  }

  private record Signal(Told told, int signal) implements Consumer<Object> {
    @Override
    public void accept(Object element) {
      told.tell(signal, element);
    }
  }

  /** The end of a future, for us first and then for the one that stands in for it. */
  private record Passed<T>(Told told, CompletableFuture<T> standIn)
      implements BiConsumer<T, Throwable> {
    @Override
    public void accept(T value, Throwable thrown) {
      if (standIn.isDone()) {
        // Somebody else completed it, and both are told of that.
        return;
      }
      told.complete(value, thrown);
      if (thrown == null) {
        standIn.complete(value);
      } else {
        standIn.completeExceptionally(thrown);
      }
    }
  }

  /**
   * The end of a future.
   *
   * @param original what the future depends on: completed with it when somebody else completes the
   *     future, which then no longer runs what it was made for; null for none
   */
  private record Completed<T>(Told told, CompletableFuture<T> original)
      implements BiConsumer<T, Throwable> {
    @Override
    public void accept(T value, Throwable thrown) {
      boolean first =
          original == null
              || (thrown == null
                  ? original.complete(value)
                  : original.completeExceptionally(thrown));
      if (first) {
        told.complete(value, thrown);
      }
    }
  }
}

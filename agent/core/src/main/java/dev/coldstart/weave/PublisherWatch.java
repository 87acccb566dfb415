package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Watches a publisher of the application (Reactor, RxJava 3, {@link Flow}, completable future)
 * through its own peeking operators. What a listener throws is swallowed: a throwing consumer would
 * break the application's stream.
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

  private PublisherWatch() {}

  /**
   * What the application gets instead: a dependent stage, a peeking publisher, or one that stands
   * in for a {@link Flow.Publisher}. Stages that it adds to the original one would run before ours.
   * Whoever cancels or completes the dependent stage does so with the original one.
   *
   * @return the very same object when it is none of these
   */
  @SuppressWarnings("FutureReturnValueIgnored") // it is returned
  public static Object of(Object publisher, Listener listener) {
    if (publisher instanceof CompletableFuture<?> future) {
      guarded(x -> listener.subscribed()).accept(null);
      return watched(future, listener);
    }
    if (publisher instanceof Flow.Publisher<?> flow) {
      return new FlowWatch(flow, listener);
    }
    PublisherType type = PublisherType.of(publisher);
    if (type == null) {
      return publisher;
    }
    AtomicBoolean failed = new AtomicBoolean();
    AtomicBoolean open = new AtomicBoolean();
    try {
      Object watched = type.peekElements(publisher, guarded(listener::next));
      watched = type.peek(watched, "doOnError", guarded(error -> fail(listener, failed, error)));
      // Before those downstream know, who may end the request at once; doFinally is for a cancel.
      Consumer<Object> end = guarded(signal -> end(listener, open, failed));
      watched = type.peek(watched, "doOnTerminate", end);
      watched = type.peek(watched, "doFinally", end);
      return type.peekSubscription(watched, guarded(s -> begin(listener, open, failed)));
    } catch (ReflectiveOperationException e) {
      return publisher;
    }
  }

  private static <T> CompletableFuture<T> watched(CompletableFuture<T> future, Listener listener) {
    CompletableFuture<T> watched =
        future.whenComplete((value, thrown) -> complete(listener, value, thrown));
    var unused =
        watched.whenComplete(
            (value, thrown) -> {
              boolean byOthers =
                  thrown == null ? future.complete(value) : future.completeExceptionally(thrown);
              if (byOthers) {
                // A stage that somebody else has completed no longer runs what it was made for.
                complete(listener, value, thrown);
              }
            });
    return watched;
  }

  static void complete(Listener listener, Object value, Throwable thrown) {
    if (thrown == null) {
      guarded(listener::next).accept(value);
    } else {
      guarded(x -> listener.failing(thrown)).accept(null);
    }
    guarded(x -> listener.ended(thrown != null)).accept(null);
  }

  /** A retry subscribes again: what failed before is over. */
  private static void begin(Listener listener, AtomicBoolean open, AtomicBoolean failed) {
    failed.set(false);
    open.set(true);
    listener.subscribed();
  }

  private static void fail(Listener listener, AtomicBoolean failed, Object error) {
    failed.set(true);
    listener.failing((Throwable) error);
  }

  private static void end(Listener listener, AtomicBoolean open, AtomicBoolean failed) {
    if (open.getAndSet(false)) {
      listener.ended(failed.get());
    }
  }

  private static Consumer<Object> guarded(Consumer<Object> consumer) {
    return element -> {
      try {
        consumer.accept(element);
      } catch (Throwable t) {
        // Also a linkage error: the stream is the application's.
        Hook.swallowed(t);
      }
    };
  }
}

package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Watches a Reactor {@code Flux} or {@code Mono} of the application through its own peeking
 * operators, which take JDK functional types. What a listener throws is swallowed: a throwing
 * consumer would break the application's stream.
 */
public final class PublisherWatch {
  private static final String FLUX = "reactor.core.publisher.Flux";
  private static final String MONO = "reactor.core.publisher.Mono";

  /** Gets the signals of each subscription. */
  public interface Listener {
    /** Somebody subscribed. */
    default void subscribed() {}

    /** An element passes. */
    void next(Object element);

    /** It completed, failed or was cancelled; told once. */
    void ended(boolean failed);
  }

  private PublisherWatch() {}

  /**
   * What the application gets instead: a dependent stage or a peeking publisher. Stages that it
   * adds to the original one would run before ours. Only for futures that are dependent stages
   * already: cancelling one of those never reached the source.
   *
   * @return the very same object when it is none of the three
   */
  @SuppressWarnings("FutureReturnValueIgnored") // it is returned
  public static Object of(Object publisher, Listener listener) {
    if (publisher instanceof CompletableFuture<?> future) {
      guarded(x -> listener.subscribed()).accept(null);
      return future.whenComplete((value, thrown) -> complete(listener, value, thrown));
    }
    Class<?> type = publisher == null ? null : publisher.getClass();
    while (type != null && !type.getName().equals(FLUX) && !type.getName().equals(MONO)) {
      type = type.getSuperclass();
    }
    if (type == null) {
      return publisher;
    }
    AtomicBoolean failed = new AtomicBoolean();
    AtomicBoolean open = new AtomicBoolean();
    try {
      Object watched = publisher;
      watched = peek(type, watched, "doOnNext", guarded(listener::next));
      watched = peek(type, watched, "doOnError", guarded(error -> failed.set(true)));
      // Before those downstream know, who may end the request at once; doFinally is for a cancel.
      Consumer<Object> end = guarded(signal -> end(listener, open, failed));
      Runnable terminated = () -> end.accept(null);
      watched = type.getMethod("doOnTerminate", Runnable.class).invoke(watched, terminated);
      watched = peek(type, watched, "doFinally", end);
      return peek(type, watched, "doOnSubscribe", guarded(s -> begin(listener, open, failed)));
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return publisher;
    }
  }

  private static void complete(Listener listener, Object value, Throwable thrown) {
    if (thrown == null) {
      guarded(listener::next).accept(value);
    }
    guarded(x -> listener.ended(thrown != null)).accept(null);
  }

  /** A retry subscribes again: what failed before is over. */
  private static void begin(Listener listener, AtomicBoolean open, AtomicBoolean failed) {
    failed.set(false);
    open.set(true);
    listener.subscribed();
  }

  private static void end(Listener listener, AtomicBoolean open, AtomicBoolean failed) {
    if (open.getAndSet(false)) {
      listener.ended(failed.get());
    }
  }

  private static Object peek(
      Class<?> type, Object publisher, String operator, Consumer<Object> consumer)
      throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
    return type.getMethod(operator, Consumer.class).invoke(publisher, consumer);
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

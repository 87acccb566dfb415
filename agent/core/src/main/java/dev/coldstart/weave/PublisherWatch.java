package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Watches a Reactor {@code Flux} or {@code Mono}, or an RxJava {@code Flowable} or {@code
 * Observable}, of the application through its own peeking operators, which have the same names
 * everywhere. What a listener throws is swallowed: a throwing consumer would break the
 * application's stream.
 */
public final class PublisherWatch {
  private static final Set<String> PUBLISHERS =
      Set.of(
          "reactor.core.publisher.Flux",
          "reactor.core.publisher.Mono",
          "io.reactivex.rxjava3.core.Flowable",
          "io.reactivex.rxjava3.core.Observable");

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
   * What the application gets instead: a dependent stage, a peeking publisher, or one that stands
   * in for a {@link Flow.Publisher}. Stages that it adds to the original one would run before ours.
   * Only for futures that are dependent stages already: cancelling one of those never reached the
   * source.
   *
   * @return the very same object when it is none of these
   */
  @SuppressWarnings("FutureReturnValueIgnored") // it is returned
  public static Object of(Object publisher, Listener listener) {
    if (publisher instanceof CompletableFuture<?> future) {
      guarded(x -> listener.subscribed()).accept(null);
      return future.whenComplete((value, thrown) -> complete(listener, value, thrown));
    }
    if (publisher instanceof Flow.Publisher<?> flow) {
      return new FlowWatch(flow, listener);
    }
    Class<?> type = publisher == null ? null : publisher.getClass();
    while (type != null && !PUBLISHERS.contains(type.getName())) {
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
      watched = peek(type, watched, "doOnTerminate", end);
      watched = peek(type, watched, "doFinally", end);
      Consumer<Object> begin = guarded(signal -> begin(listener, open, failed));
      // Much of what a source does is done before it answers a subscription. RxJava has no such.
      String first = type.getName().startsWith("reactor.") ? "doFirst" : "doOnSubscribe";
      return peek(type, watched, first, begin);
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
    for (Method method : type.getMethods()) {
      if (method.getName().equals(operator) && method.getParameterCount() == 1) {
        Class<?> taken = method.getParameterTypes()[0];
        return method.invoke(publisher, as(taken, consumer));
      }
    }
    throw new NoSuchMethodException(operator);
  }

  private static Object as(Class<?> taken, Consumer<Object> consumer) {
    if (taken == Consumer.class) {
      return consumer;
    }
    return taken == Runnable.class
        ? (Runnable) () -> consumer.accept(null)
        // RxJava has functional types of its own.
        : Proxy.newProxyInstance(
            taken.getClassLoader(), new Class<?>[] {taken}, new Consuming(consumer));
  }

  private record Consuming(Consumer<Object> consumer) implements InvocationHandler {
    @Override
    public Object invoke(Object proxy, Method method, Object[] args)
        throws ReflectiveOperationException {
      if (method.getDeclaringClass() == Object.class) {
        return method.invoke(this, args);
      }
      consumer.accept(args == null ? null : args[0]);
      return null;
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

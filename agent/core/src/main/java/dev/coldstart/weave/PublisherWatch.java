package dev.coldstart.weave;

import dev.coldstart.bootstrap.Recorder;
import java.lang.reflect.InvocationTargetException;
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
    void subscribed();

    /** An element passes. */
    void next(Object element);

    /** It completed, failed or was cancelled. */
    void ended(boolean failed);
  }

  private PublisherWatch() {}

  /** The publisher with a listener on it; the very same object when it is neither of the two. */
  public static Object of(Object publisher, Listener listener) {
    Class<?> type = publisher == null ? null : publisher.getClass();
    while (type != null && !type.getName().equals(FLUX) && !type.getName().equals(MONO)) {
      type = type.getSuperclass();
    }
    if (type == null) {
      return publisher;
    }
    AtomicBoolean failed = new AtomicBoolean();
    try {
      Object watched = publisher;
      watched = peek(type, watched, "doOnNext", guarded(listener::next));
      watched = peek(type, watched, "doOnError", guarded(error -> failed.set(true)));
      watched = peek(type, watched, "doFinally", guarded(signal -> listener.ended(failed.get())));
      return peek(type, watched, "doOnSubscribe", guarded(s -> listener.subscribed()));
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return publisher;
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
      } catch (RuntimeException e) {
        Recorder.swallowed(e);
      }
    };
  }
}

package dev.coldstart.weave;

import java.lang.reflect.InvocationTargetException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Watches a Reactor {@code Flux} of the application through its own peeking operators, which take
 * JDK functional types. What a listener throws is swallowed: a throwing consumer would break the
 * application's stream.
 */
public final class FluxWatch {
  private static final String FLUX = "reactor.core.publisher.Flux";

  /** Gets the signals of each subscription. */
  public interface Listener {
    /** Somebody subscribed. */
    void subscribed();

    /** An element passes. */
    void next(Object element);

    /** It completed, failed or was cancelled. */
    void ended(boolean failed);
  }

  private FluxWatch() {}

  /** The flux with a listener on it; the very same object when it is no Flux. */
  public static Object of(Object flux, Listener listener) {
    Class<?> type = flux == null ? null : flux.getClass();
    while (type != null && !type.getName().equals(FLUX)) {
      type = type.getSuperclass();
    }
    if (type == null) {
      return flux;
    }
    AtomicBoolean failed = new AtomicBoolean();
    try {
      Object watched = flux;
      watched = peek(type, watched, "doOnNext", guarded(listener::next));
      watched = peek(type, watched, "doOnError", guarded(error -> failed.set(true)));
      watched = peek(type, watched, "doFinally", guarded(signal -> listener.ended(failed.get())));
      return peek(type, watched, "doOnSubscribe", guarded(s -> listener.subscribed()));
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return flux;
    }
  }

  private static Object peek(Class<?> type, Object flux, String operator, Consumer<Object> consumer)
      throws NoSuchMethodException, IllegalAccessException, InvocationTargetException {
    return type.getMethod(operator, Consumer.class).invoke(flux, consumer);
  }

  private static Consumer<Object> guarded(Consumer<Object> consumer) {
    return element -> {
      try {
        consumer.accept(element);
      } catch (RuntimeException e) {
        dev.coldstart.bootstrap.Recorder.swallowed(e);
      }
    };
  }
}

package reactor.core.publisher;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The peeking operators of Reactor's class of this name, as far as a test needs them. */
public class Flux {
  private final List<Consumer<Object>> next = new ArrayList<>();
  private final List<Consumer<Object>> error = new ArrayList<>();
  private final List<Consumer<Object>> end = new ArrayList<>();
  private final List<Runnable> terminated = new ArrayList<>();
  private final List<Runnable> first = new ArrayList<>();

  /** Peeks at elements. */
  public Flux doOnNext(Consumer<Object> consumer) {
    next.add(consumer);
    return this;
  }

  /** Peeks at errors. */
  public Flux doOnError(Consumer<Object> consumer) {
    error.add(consumer);
    return this;
  }

  /** Peeks at completion and errors, before those downstream know. */
  public Flux doOnTerminate(Runnable runnable) {
    terminated.add(runnable);
    return this;
  }

  /** Peeks at ends of every sort. */
  public Flux doFinally(Consumer<Object> consumer) {
    end.add(consumer);
    return this;
  }

  /** Peeks at subscriptions, before the source knows. */
  public Flux doFirst(Runnable runnable) {
    first.add(runnable);
    return this;
  }

  /** Runs a subscription. */
  public void run(boolean fails, Object... elements) {
    first.forEach(Runnable::run);
    for (Object element : elements) {
      next.forEach(c -> c.accept(element));
    }
    if (fails) {
      error.forEach(c -> c.accept(new IllegalStateException()));
    }
    terminated.forEach(Runnable::run);
    end.forEach(c -> c.accept("signal"));
  }
}

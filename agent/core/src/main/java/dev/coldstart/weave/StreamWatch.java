package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Watches a {@link Stream} of the application as its elements pass. {@link Stream#peek} would not
 * tell that it is exhausted. Lazy like the stream itself; what a listener throws is swallowed.
 */
public final class StreamWatch extends Spliterators.AbstractSpliterator<Object> {
  private final Spliterator<?> source;
  private final PublisherWatch.Listener listener;

  private StreamWatch(Spliterator<?> source, PublisherWatch.Listener listener) {
    super(source.estimateSize(), source.characteristics() & ~Spliterator.SORTED);
    this.source = source;
    this.listener = listener;
  }

  /**
   * The stream with a listener on it, which stands in for the given one.
   *
   * @param listener is told of the end only when somebody reads that far
   */
  public static Stream<Object> of(Stream<?> stream, PublisherWatch.Listener listener) {
    StreamWatch watch = new StreamWatch(stream.spliterator(), listener);
    return StreamSupport.stream(watch, false).onClose(stream::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super Object> action) {
    boolean more;
    try {
      more = source.tryAdvance(element -> pass(element, action));
    } catch (RuntimeException | Error e) {
      tell(true);
      throw e;
    }
    if (!more) {
      tell(false);
    }
    return more;
  }

  private void pass(Object element, Consumer<? super Object> action) {
    try {
      listener.next(element);
    } catch (Throwable t) {
      Hook.swallowed(t);
    }
    action.accept(element);
  }

  private void tell(boolean failed) {
    try {
      listener.ended(failed);
    } catch (Throwable t) {
      Hook.swallowed(t);
    }
  }
}

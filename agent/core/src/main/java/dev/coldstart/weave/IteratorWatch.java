package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import java.util.Iterator;

/**
 * Watches an {@link Iterator} of the application as it is read, and stands in for it. Whatever is
 * read, is read when the application asks for it. What a listener throws is swallowed.
 */
final class IteratorWatch implements Iterator<Object> {
  private final Iterator<?> source;
  private final PublisherWatch.Listener listener;

  /**
   * An iterator with a listener on it.
   *
   * @param listener is told of the end only when somebody reads that far
   */
  IteratorWatch(Iterator<?> source, PublisherWatch.Listener listener) {
    this.source = source;
    this.listener = listener;
  }

  @Override
  public boolean hasNext() {
    boolean more;
    try {
      more = source.hasNext();
    } catch (RuntimeException | Error e) {
      ended(true);
      throw e;
    }
    if (!more) {
      ended(false);
    }
    return more;
  }

  @Override
  public Object next() {
    Object element;
    try {
      element = source.next();
    } catch (java.util.NoSuchElementException e) {
      ended(false);
      throw e;
    } catch (RuntimeException | Error e) {
      ended(true);
      throw e;
    }
    try {
      listener.next(element);
    } catch (Throwable t) {
      Hook.swallowed(t);
    }
    return element;
  }

  @Override
  public void remove() {
    source.remove();
  }

  private void ended(boolean failed) {
    try {
      listener.ended(failed);
    } catch (Throwable t) {
      Hook.swallowed(t);
    }
  }
}

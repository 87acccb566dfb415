package dev.coldstart.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Listeners for tests of what is watched. */
final class Listening implements PublisherWatch.Listener {
  /** What it was told, in order. */
  final List<String> seen = new ArrayList<>();

  /** One that throws whatever it is told. */
  static PublisherWatch.Listener throwing(Supplier<? extends Throwable> thrown) {
    return new PublisherWatch.Listener() {
      @Override
      public void subscribed() {
        Listening.<RuntimeException>raise(thrown.get());
      }

      @Override
      public void next(Object element) {
        Listening.<RuntimeException>raise(thrown.get());
      }

      @Override
      public void ended(boolean failed) {
        Listening.<RuntimeException>raise(thrown.get());
      }
    };
  }

  @Override
  public void subscribed() {
    seen.add("subscribed");
  }

  @Override
  public void next(Object element) {
    seen.add("next " + element);
  }

  @Override
  public void ended(boolean failed) {
    seen.add(failed ? "failed" : "completed");
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void raise(Throwable thrown) throws T {
    throw (T) thrown;
  }
}

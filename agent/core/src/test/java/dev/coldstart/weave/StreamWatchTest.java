package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coldstart.bootstrap.Hook;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StreamWatchTest {
  private final List<String> seen = new ArrayList<>();
  private boolean broken;

  private final PublisherWatch.Listener listener =
      new PublisherWatch.Listener() {
        @Override
        public void subscribed() {}

        @Override
        public void next(Object element) {
          tell("next " + element);
        }

        @Override
        public void ended(boolean failed) {
          tell(failed ? "failed" : "completed");
        }
      };

  private void tell(String signal) {
    seen.add(signal);
    if (broken) {
      throw new NoClassDefFoundError();
    }
  }

  @Test
  void tellsOfEachElementAndOfTheEnd() {
    assertThat(StreamWatch.of(Stream.of("a", "b"), listener).toList()).containsExactly("a", "b");
    assertThat(seen).containsExactly("next a", "next b", "completed");
  }

  @Test
  void isAsLazyAsTheStreamItself() {
    AtomicBoolean closed = new AtomicBoolean();
    Stream<String> endless = Stream.generate(() -> "x").onClose(() -> closed.set(true));
    try (Stream<Object> watched = StreamWatch.of(endless, listener)) {
      assertThat(watched.limit(2).toList()).containsExactly("x", "x");
    }
    assertThat(seen).startsWith("next x", "next x").doesNotContain("completed");
    assertThat(closed).isTrue();
  }

  @Test
  void whatTheStreamThrowsReachesItsReader() {
    Stream<Object> failing =
        StreamWatch.of(
            Stream.of(1, 0)
                .map(
                    n -> {
                      if (n == 0) {
                        throw new IllegalStateException("the server's");
                      }
                      return n;
                    }),
            listener);

    assertThatThrownBy(failing::toList).hasMessage("the server's");
    assertThat(seen).containsExactly("next 1", "failed");
  }

  @Test
  void aListenerThatThrowsIsCountedAndTheStreamGoesOn() {
    broken = true;
    int before = Hook.FAILURES.get();

    assertThat(StreamWatch.of(Stream.of("a", "b"), listener).toList()).containsExactly("a", "b");
    assertThat(Hook.FAILURES.get() - before).isEqualTo(3);
  }
}

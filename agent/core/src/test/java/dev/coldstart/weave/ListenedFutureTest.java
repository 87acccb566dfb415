package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.SettableFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ListenedFutureTest {
  private final List<String> heard = new ArrayList<>();
  private final SettableFuture<String> future = SettableFuture.create();

  private final PublisherWatch.Listener listener =
      new PublisherWatch.Listener() {
        @Override
        public void next(Object element) {
          heard.add("next " + element);
        }

        @Override
        public void failing(Throwable thrown) {
          heard.add("failing " + thrown.getClass().getSimpleName());
        }

        @Override
        public void ended(boolean failed) {
          heard.add("ended " + failed);
          throw new IllegalStateException("must not reach the application");
        }
      };

  @Test
  void tellsTheValueAndTheEndBeforeLaterListeners() {
    assertThat(ListenedFuture.watch(future, listener)).isTrue();
    future.addListener(() -> heard.add("the application's"), Runnable::run);
    assertThat(heard).isEmpty();

    future.set("a");

    assertThat(heard).containsExactly("next a", "ended false", "the application's");
  }

  @Test
  void tellsWhatWentWrong() {
    ListenedFuture.watch(future, listener);
    future.setException(new IllegalArgumentException());
    assertThat(heard).containsExactly("failing IllegalArgumentException", "ended true");
  }

  @Test
  void tellsThatItWasCancelled() {
    ListenedFuture.watch(future, listener);
    future.cancel(true);
    assertThat(heard).containsExactly("failing CancellationException", "ended true");
  }

  @Test
  void anInterruptedThreadStaysInterrupted() {
    ListenedFuture.watch(future, listener);
    Thread.currentThread().interrupt();
    future.set("a");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(heard).containsExactly("next a", "ended false");
  }

  @Test
  void otherObjectsAreNone() {
    assertThat(ListenedFuture.watch(new CompletableFuture<>(), listener)).isFalse();
    assertThat(ListenedFuture.watch("text", listener)).isFalse();
    assertThat(ListenedFuture.watch(null, listener)).isFalse();
  }
}

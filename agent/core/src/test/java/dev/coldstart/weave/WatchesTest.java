package dev.coldstart.weave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import org.junit.jupiter.api.Test;

/** Iterators and {@link Flow} publishers that somebody listens to. */
class WatchesTest {
  private final Listening listener = new Listening();
  private final List<String> seen = listener.seen;
  private final PublisherWatch.Listener broken = Listening.throwing(NoClassDefFoundError::new);

  @Test
  void tellsOfEachElementThatIsReadAndOfTheEnd() {
    List<String> source = new ArrayList<>(List.of("a", "b"));
    Iterator<Object> watched = new IteratorWatch(source.iterator(), listener);
    assertThat(seen).isEmpty();
    assertThat(watched.next()).isEqualTo("a");
    watched.remove();
    assertThat(watched).toIterable().containsExactly("b");
    assertThatThrownBy(watched::next).isInstanceOf(NoSuchElementException.class);

    assertThat(source).containsExactly("b");
    assertThat(seen).startsWith("next a", "next b", "completed");
  }

  @Test
  void whatAnIteratorThrowsReachesItsReader() {
    Iterator<Object> watched =
        new IteratorWatch(List.of("a").stream().map(x -> Integer.parseInt(x)).iterator(), listener);
    assertThatThrownBy(watched::hasNext).isInstanceOf(NumberFormatException.class);
    assertThat(seen).containsExactly("failed");
  }

  @Test
  void aFlowReachesItsSubscriber() throws Exception {
    SubmissionPublisher<String> source = new SubmissionPublisher<>(Runnable::run, 8);
    Reader reader = new Reader();
    flow(source, listener).subscribe(reader);
    source.submit("a");
    source.close();

    assertThat(reader.got).containsExactly("a", "completed");
    assertThat(seen).containsExactly("subscribed", "next a", "completed");
  }

  @Test
  void aFlowMayFailOrBeCancelled() {
    SubmissionPublisher<String> failing = new SubmissionPublisher<>(Runnable::run, 8);
    flow(failing, listener).subscribe(new Reader());
    failing.closeExceptionally(new IllegalStateException());
    SubmissionPublisher<String> endless = new SubmissionPublisher<>(Runnable::run, 8);
    Reader reader = new Reader();
    flow(endless, listener).subscribe(reader);
    reader.subscription.cancel();

    assertThat(seen).containsExactly("subscribed", "failed", "subscribed", "completed");
    assertThat(endless.getNumberOfSubscribers()).isZero();
  }

  @Test
  void aBrokenListenerHarmsNobody() {
    SubmissionPublisher<String> source = new SubmissionPublisher<>(Runnable::run, 8);
    Reader reader = new Reader();
    flow(source, broken).subscribe(reader);
    source.submit("a");
    source.close();
    assertThat(reader.got).containsExactly("a", "completed");
    assertThat(new IteratorWatch(List.of("b").iterator(), broken))
        .toIterable()
        .containsExactly("b");
  }

  @SuppressWarnings("unchecked")
  private static Flow.Publisher<Object> flow(
      Flow.Publisher<?> source, PublisherWatch.Listener listener) {
    return (Flow.Publisher<Object>) PublisherWatch.of(source, listener);
  }

  private static final class Reader implements Flow.Subscriber<Object> {
    private final List<Object> got = new ArrayList<>();
    private Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(10);
    }

    @Override
    public void onNext(Object element) {
      got.add(element);
    }

    @Override
    public void onError(Throwable thrown) {
      got.add("failed");
    }

    @Override
    public void onComplete() {
      got.add("completed");
    }
  }
}

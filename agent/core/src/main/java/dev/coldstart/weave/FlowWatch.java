package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import java.util.concurrent.Flow;

/**
 * Watches a {@link Flow.Publisher} of the application and stands in for it: each subscriber gets
 * what it would have got. What a listener throws is swallowed.
 */
record FlowWatch(Flow.Publisher<?> source, PublisherWatch.Listener listener)
    implements Flow.Publisher<Object> {
  @Override
  public void subscribe(Flow.Subscriber<? super Object> subscriber) {
    source.subscribe(new Between(subscriber, listener));
  }

  private static final class Between implements Flow.Subscriber<Object>, Flow.Subscription {
    private final Flow.Subscriber<? super Object> subscriber;
    private final PublisherWatch.Listener listener;
    private Flow.Subscription subscription;

    Between(Flow.Subscriber<? super Object> subscriber, PublisherWatch.Listener listener) {
      this.subscriber = subscriber;
      this.listener = listener;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      try {
        listener.subscribed();
      } catch (Throwable t) {
        Hook.swallowed(t);
      }
      subscriber.onSubscribe(this);
    }

    @Override
    public void onNext(Object element) {
      try {
        listener.next(element);
      } catch (Throwable t) {
        Hook.swallowed(t);
      }
      subscriber.onNext(element);
    }

    @Override
    public void onError(Throwable thrown) {
      try {
        listener.failing(thrown);
      } catch (Throwable t) {
        Hook.swallowed(t);
      }
      ended(true);
      subscriber.onError(thrown);
    }

    @Override
    public void onComplete() {
      ended(false);
      subscriber.onComplete();
    }

    @Override
    public void request(long n) {
      subscription.request(n);
    }

    @Override
    public void cancel() {
      subscription.cancel();
      ended(false);
    }

    private void ended(boolean failed) {
      try {
        listener.ended(failed);
      } catch (Throwable t) {
        Hook.swallowed(t);
      }
    }
  }
}

package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import java.util.concurrent.atomic.AtomicBoolean;

/** Around a method that returns a cold publisher of a model's chunks, or of its whole answer. */
final class PublishedAnswer extends Hook {
  private final ModelClient client;
  private final boolean streaming;

  PublishedAnswer(ModelClient client, boolean streaming) {
    this.client = client;
    this.streaming = streaming;
  }

  @Override
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    return thrown == null ? PublisherType.standIn(result, new Subscriptions(self, args)) : result;
  }

  /** To one publisher: each of them, as a retry makes, is a call. */
  private final class Subscriptions implements PublisherType.Subscribing {
    private final String system;
    private final String model;
    private final long assembledNanos = System.nanoTime();
    private final AtomicBoolean repeated = new AtomicBoolean();

    Subscriptions(Object self, Object[] args) {
      system = client.dialect.system(self);
      model = client.dialect.model(self, args);
    }

    @Override
    public PublisherType.Begun begin(Object publisher) {
      // Assembling it was part of the call; a retry subscribes again, later.
      long begin = repeated.getAndSet(true) ? System.nanoTime() : assembledNanos;
      ModelCall call = ModelClient.named(ModelCall.detached(system, streaming, begin), model);
      return new PublisherType.Begun(
          PublisherWatch.of(publisher, client.answer(call)), call.join());
    }
  }
}

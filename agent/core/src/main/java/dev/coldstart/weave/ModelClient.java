package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import java.util.concurrent.CompletableFuture;

/**
 * A client library of model providers: how to read its requests and answers. Makes the hooks for
 * the three ways a method gives an answer: whole, as something that will have its parts, or as a
 * publisher of them.
 */
public abstract class ModelClient {
  /**
   * The provider, null when it is not known here.
   *
   * @param self the object whose method is called
   */
  protected abstract String system(Object self);

  /**
   * Name of the model, null when it is not known here.
   *
   * @param request first argument of the method
   */
  protected abstract String model(Object self, Object request);

  /**
   * Tells the call what a part of its answer holds: content, a tool call, usage.
   *
   * @param part a chunk, or the whole answer; null when there is none
   */
  protected abstract void read(ModelCall call, Object part);

  /** Around a method that returns the whole answer, or a future of it. */
  public final Hook whole() {
    return new Whole();
  }

  /** Around a method whose result, if any, is bound to the call, and whose answer comes later. */
  public final Hook streamed() {
    return new Streamed();
  }

  /** Around a method that returns a cold publisher of chunks: a call begins at subscription. */
  public final Hook published() {
    return new Published();
  }

  /** Gets the parts of a call's answer. */
  public final PublisherWatch.Listener answer(ModelCall call) {
    return new Answer(call);
  }

  private ModelCall enter(Object self, Object[] args, boolean streaming) {
    return named(ModelCall.enter(system(self), streaming), model(self, args[0]));
  }

  /** A layer that does not know the model leaves the name another one gave. */
  private static ModelCall named(ModelCall call, String model) {
    if (model != null) {
      call.model = model;
    }
    return call;
  }

  private final class Whole extends Hook {
    @Override
    public Object before(int site, Object self, Object[] args) {
      return enter(self, args, false);
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      ModelCall call = (ModelCall) state;
      call.leave();
      Answer answer = new Answer(call);
      if (result instanceof CompletableFuture<?>) {
        return PublisherWatch.of(result, answer);
      }
      if (thrown == null) {
        answer.next(result);
      }
      answer.ended(thrown != null);
      return result;
    }
  }

  private final class Streamed extends Hook {
    @Override
    public Object before(int site, Object self, Object[] args) {
      return enter(self, args, true);
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      ModelCall call = (ModelCall) state;
      call.leave();
      if (thrown != null) {
        call.end(true);
      } else if (result != null) {
        call.bind(result);
      }
      return result;
    }
  }

  private final class Published extends Hook {
    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      return thrown == null ? PublisherWatch.of(result, new Subscription(self, args[0])) : result;
    }
  }

  private final class Answer implements PublisherWatch.Listener {
    private final ModelCall call;

    Answer(ModelCall call) {
      this.call = call;
    }

    @Override
    public void next(Object part) {
      read(call, part);
      if (!call.streaming() && call.firstToolCallNanos() == 0) {
        // A refusal, say: the response ends the wait, whatever it holds.
        call.content();
      }
    }

    @Override
    public void ended(boolean failed) {
      call.end(failed);
    }
  }

  /** One publisher; each subscription to it, as a retry makes, is a call. */
  private final class Subscription implements PublisherWatch.Listener {
    private final String system;
    private final String model;
    private final long assembledNanos = System.nanoTime();
    private volatile ModelCall call;

    Subscription(Object self, Object request) {
      system = system(self);
      model = model(self, request);
    }

    @Override
    public void subscribed() {
      // The source is subscribed first and sends at once; a retry subscribes again, later.
      long begin = call == null ? assembledNanos : System.nanoTime();
      call = named(ModelCall.detached(system, true, begin), model);
    }

    @Override
    public void next(Object part) {
      read(call, part);
    }

    @Override
    public void ended(boolean failed) {
      call.end(failed);
    }
  }
}

package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * The hooks for a client library of model providers, by the shape in which it gives answers. A
 * method that is called gives one {@link #whole}, {@link #streamed} (bound to the call, the parts
 * come through {@link #parts} or {@link ModelCallbacks}) or {@link #published}.
 */
public final class ModelClient {
  final ModelDialect dialect;

  /** Hooks that read requests and answers in a dialect. */
  public ModelClient(ModelDialect dialect) {
    this.dialect = dialect;
  }

  /**
   * Around a method that returns the whole answer, or a future of it (then the probe must replace
   * the result).
   */
  public Hook whole() {
    return new Whole();
  }

  /**
   * Around a method whose answer comes in parts. Its result stands for the call, or, if it is a
   * future, what that will give. The first content may come before it returns.
   */
  public Hook streamed() {
    return new Held(true);
  }

  /** The same around a method whose result has the whole answer for those who ask it. */
  public Hook held() {
    return new Held(false);
  }

  /**
   * Around a method of an object that stands for a call, which gives the whole answer, or what the
   * parts come through.
   */
  public Hook opened() {
    return new Opened();
  }

  /**
   * Around a function of Kotlin that suspends until the whole answer is there. Where that is read,
   * tells {@link #read}.
   */
  public Hook suspending() {
    return new SuspendedAnswer(this);
  }

  /** In a method that returns the whole answer of the call its thread works for. */
  public Hook read() {
    return new ReadAnswer();
  }

  /**
   * Around a method that returns a cold publisher of chunks, of Reactor or RxJava: a call begins at
   * each subscription, and what that begins is a part of it. The probe must replace the result.
   */
  public Hook published() {
    return new PublishedAnswer(this, true);
  }

  /** The same for a publisher of the whole answer. */
  public Hook publishedWhole() {
    return new PublishedAnswer(this, false);
  }

  /**
   * Around {@code invokeSuspend} of the Kotlin coroutine that one collection of a Flow of chunks
   * is: a call begins when it first runs and ends with it. What is made meanwhile tells {@link
   * #made} and gets the chunks.
   */
  public Hook collected() {
    return new CollectedAnswer(this);
  }

  /**
   * Around a method that returns a {@link Stream} or {@link Iterator} of the parts, of an object
   * that stands for a call. The probe must replace the result.
   */
  public Hook parts() {
    return new Parts();
  }

  /**
   * In a constructor that runs inside of a call: the new object (stream, handler) stands for it,
   * and so does what a future will give that is the first argument.
   */
  public Hook made() {
    return new Made();
  }

  /** In a method that ends the answer early, of an object that stands for a call. */
  public Hook closed() {
    return new Closed();
  }

  /** A call begins, or is found in a layer further out. */
  ModelCall enter(Object self, Object[] args, boolean streaming) {
    return named(ModelCall.enter(dialect.system(self), streaming), dialect.model(self, args));
  }

  /** A layer that does not know the model leaves the name another one gave. */
  static ModelCall named(ModelCall call, String model) {
    if (model != null) {
      call.model = model;
    }
    return call;
  }

  /** Reads what a call answers, and tells it of its end. */
  PublisherWatch.Listener answer(ModelCall call) {
    return new Answer(call);
  }

  /** The call an object stands for by itself or as the result of a future, null for none. */
  private static ModelCall callOf(Object key) {
    ModelCall call = ModelCall.of(key);
    if (call == null) {
      call = AwaitedCalls.take(key);
      if (call != null) {
        call.bind(key);
      }
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

  private final class Held extends Hook {
    private final boolean streaming;

    Held(boolean streaming) {
      this.streaming = streaming;
    }

    @Override
    public Object before(int site, Object self, Object[] args) {
      return enter(self, args, streaming);
    }

    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      ModelCall call = (ModelCall) state;
      call.leave();
      if (thrown != null) {
        call.fail(thrown);
      } else if (result instanceof CompletableFuture<?> future) {
        AwaitedCalls.put(future, call);
      } else if (result != null) {
        call.bind(result);
      }
      return result;
    }
  }

  private final class Opened extends Hook {
    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      ModelCall call = callOf(self);
      if (call == null) {
        return result;
      }
      if (thrown == null && call.streaming()) {
        call.bind(result);
        return result;
      }
      if (thrown == null) {
        dialect.read(call, result);
        call.end(false);
      } else {
        call.fail(thrown);
      }
      return result;
    }
  }

  private final class ReadAnswer extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      ModelCall call = ModelCall.current();
      if (call != null) {
        dialect.read(call, result);
      }
    }
  }

  private final class Parts extends Hook {
    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      ModelCall call = callOf(self);
      if (call == null) {
        return result;
      }
      if (result instanceof Stream<?> stream) {
        return StreamWatch.of(stream, new Answer(call));
      }
      return result instanceof Iterator<?> iterator
          ? new IteratorWatch(iterator, new Answer(call))
          : result;
    }
  }

  private static final class Made extends ReturnHook {
    @Override
    protected void returned(Object self, Object[] args, Object result) {
      ModelCall call = ModelCall.current();
      if (call != null) {
        call.bind(self);
        if (args.length > 0 && args[0] instanceof CompletableFuture<?> future) {
          AwaitedCalls.put(future, call);
        }
      }
    }
  }

  private static final class Closed extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      ModelCall call = ModelCall.of(self);
      if (call != null) {
        call.end(false);
      }
    }
  }

  private final class Answer implements PublisherWatch.Listener {
    private final ModelCall call;

    Answer(ModelCall call) {
      this.call = call;
    }

    @Override
    public void next(Object part) {
      dialect.read(call, part);
    }

    @Override
    public void failing(Throwable thrown) {
      call.fail(thrown);
    }

    @Override
    public void ended(boolean failed) {
      call.end(failed);
    }
  }
}

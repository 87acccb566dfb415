package dev.coldstart.weave;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One call of a model, from being handed to the client to the end of its answer, on whatever
 * threads. Hooks of several layers (framework, SDK, transport) that nest on one thread share one
 * call, and the deepest hand-over starts its TTFT.
 *
 * <p>Created and first used on the calling thread; {@link #content}, {@link #toolCall} and {@link
 * #end} may come from any thread, and only the first of each counts.
 */
public final class ModelCall {
  /** Key of the note that carries a call to the agent's thread. */
  public static final String NOTE = "llm";

  private static final ThreadLocal<ModelCall> CURRENT = new ThreadLocal<>();
  private static final WeakIdentityMap<ModelCall> BY_OBJECT = new WeakIdentityMap<>();

  /** Provider, null when unknown. */
  public volatile String system;

  /** Model name, null when unknown. */
  public volatile String model;

  private final boolean streaming;

  /** Nobody but this call asked for anything: a batch job, or a warm-up. */
  private final boolean standsForRequest;

  private final Trace trace;
  private final int interval;
  private final ModelCall outer;
  private int depth = 1;
  private int token = -1;
  private volatile long handedOver;
  private volatile long firstContent;
  private volatile long firstToolCall;
  private volatile long ended;
  private volatile boolean failed;
  private volatile long waited;
  private volatile int generation = -1;
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile Told firstUsage;
  private volatile Told lastUsage;

  private record Told(Object source, Usage.Reader reader) {
    Usage read() {
      return reader.read(source);
    }
  }

  private ModelCall(String system, boolean streaming, ModelCall outer, long nanos) {
    this.system = system;
    this.streaming = streaming;
    this.outer = outer;
    Trace own = RequestEntry.beginAgentCall("model call");
    standsForRequest = own != null;
    trace = standsForRequest ? own : Recorder.target();
    handedOver = nanos;
    interval = Scope.current().open(trace, Sites.LLM_TTFT, nanos);
    trace.note(interval, NOTE, this);
    OtelAgent.HERE.join(trace);
  }

  /**
   * The calling thread hands a request to a model client. Must be followed by {@link #leave} on the
   * same thread.
   *
   * @param system provider, null when this layer does not know it
   * @return a new call, or the one this is a deeper layer of
   */
  public static ModelCall enter(String system, boolean streaming) {
    ModelCall call = CURRENT.get();
    if (call != null && call.ended == 0) {
      call.depth++;
      call.handedOver();
      if (system != null) {
        call.system = system;
      }
      return call;
    }
    call = new ModelCall(system, streaming, call, System.nanoTime());
    CURRENT.set(call);
    call.token = call.join();
    return call;
  }

  /**
   * A call whose answer comes through callbacks only, begun by whoever subscribes. Needs no {@link
   * #leave}.
   *
   * @param handedOverNanos {@link System#nanoTime()} of the hand-over
   */
  public static ModelCall detached(String system, boolean streaming, long handedOverNanos) {
    return new ModelCall(system, streaming, null, handedOverNanos);
  }

  /** The call this thread is inside of or works for, null for none. */
  public static ModelCall current() {
    ModelCall call = CURRENT.get();
    if (call != null) {
      return call;
    }
    Trace trace = Recorder.target();
    int open = Scope.current().parentIn(trace);
    if (open < 0 || trace.site(open) != Sites.LLM_TTFT) {
      return null;
    }
    // A task that the calling thread queued, once per call.
    Object[] notes = trace.notes();
    for (int i = 0; i < notes.length; i += 3) {
      if (notes[i + 2] instanceof ModelCall other && (Integer) notes[i] == open) {
        return other;
      }
    }
    return null;
  }

  /** The transport below sends the request, for the first time or once more after a failure. */
  public void sent() {
    if (firstContent == 0 && firstToolCall == 0 && ended == 0) {
      handedOver();
      attempts.incrementAndGet();
    }
  }

  /** A deeper layer gets the request: TTFT counts from the deepest one, at its first attempt. */
  private void handedOver() {
    if (firstContent == 0 && firstToolCall == 0 && attempts.get() == 0) {
      handedOver = System.nanoTime();
    }
  }

  /** The client's method returns or throws; a streamed answer goes on. */
  public void leave() {
    if (--depth > 0) {
      return;
    }
    Recorder.detach(token);
    if (outer == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(outer);
    }
  }

  /**
   * This thread works for the request of the call until {@code Recorder.detach}; for callbacks.
   *
   * @return the token for it
   */
  public int join() {
    return trace.serial > 0 ? Recorder.join(trace, interval) : -1;
  }

  /** The call an object of the client (handler, stream) stands for, null for none. */
  public static ModelCall of(Object key) {
    return BY_OBJECT.get(key);
  }

  /** An object of the client stands for this call from now on. */
  public void bind(Object key) {
    BY_OBJECT.put(key, this);
  }

  /** Whether the first content is still to come. */
  public boolean awaitsContent() {
    return firstContent == 0 && ended == 0;
  }

  /** The first content token is here. */
  public void content() {
    if (awaitsContent()) {
      firstContent = System.nanoTime();
      firstToken(firstContent);
      if (trace.serial > 0) {
        trace.content(firstContent, streaming);
      }
      if (standsForRequest) {
        trace.body(firstContent);
      }
    }
  }

  /** A part of the answer is here: content, unless it is null, empty or no text. */
  public void text(Object text) {
    if (text instanceof String s && !s.isEmpty()) {
      content();
    }
  }

  /** The first part of a tool call is here. */
  public void toolCall() {
    if (firstToolCall == 0 && ended == 0) {
      firstToolCall = System.nanoTime();
      firstToken(firstToolCall);
    }
  }

  private void firstToken(long now) {
    if (waited == 0 && trace.sent - handedOver >= 0 && trace.answered - trace.sent > 0) {
      waited = trace.answered - trace.sent;
    }
    if (generation < 0) {
      trace.close(interval, now, false);
      if (streaming) {
        generation =
            trace.open(Sites.LLM_GENERATION, trace.parent(interval), now, Scope.current(), false);
      }
    }
  }

  /**
   * Keeps a provider's usage object until the agent's thread reads it: the first one of the call
   * (Anthropic's tells the input) and the last one. After the end it is that of another call, which
   * a framework made in this one's place.
   */
  public void usage(Object source, Usage.Reader reader) {
    if (source != null && ended == 0) {
      lastUsage = new Told(source, reader);
      if (firstUsage == null) {
        firstUsage = lastUsage;
      }
    }
  }

  /** The call failed with an exception, which anything else is not taken for. */
  public void fail(Object thrown) {
    if (ended == 0) {
      trace.note(interval, Trace.ERROR, ErrorType.of(thrown));
    }
    end(true);
  }

  /** The answer is complete, or the call failed. */
  public void end(boolean thrown) {
    if (ended != 0) {
      return;
    }
    long now = System.nanoTime();
    ended = now;
    failed = thrown;
    trace.close(interval, now, thrown);
    trace.close(generation, now, thrown);
    if (standsForRequest) {
      trace.failed = thrown;
      Recorder.end(trace);
    }
  }

  /** Whether the answer is streamed. */
  public boolean streaming() {
    return streaming;
  }

  /** {@link System#nanoTime()} of the deepest hand-over. */
  public long handedOverNanos() {
    return handedOver;
  }

  /** {@link System#nanoTime()}, 0 when none came. */
  public long firstContentNanos() {
    return firstContent;
  }

  /** {@link System#nanoTime()}, 0 when none came. */
  public long firstToolCallNanos() {
    return firstToolCall;
  }

  /**
   * Time on the wire, ns: from the request leaving for the HTTP client to the arrival of the bytes
   * with the first token. 0 when the transport is not one we watch.
   */
  public long waitedNanos() {
    return waited;
  }

  /** {@link System#nanoTime()}, 0 while open. */
  public long endedNanos() {
    return ended;
  }

  /** Whether it ended by an exception. */
  public boolean failed() {
    return failed;
  }

  /** How often the request was sent, 0 when the transport is not one we watch. */
  public int attempts() {
    return attempts.get();
  }

  /** What the provider said it used. */
  public Usage usage() {
    Told first = firstUsage;
    if (first == null) {
      return Usage.UNKNOWN;
    }
    Told last = lastUsage;
    return first.source == last.source ? last.read() : first.read().with(last.read());
  }
}

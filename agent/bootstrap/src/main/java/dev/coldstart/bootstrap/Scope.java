package dev.coldstart.bootstrap;

import java.util.Arrays;

/**
 * What one thread is working for: the request it belongs to and the intervals it has open. Used by
 * its own thread only; the agent's thread reads nothing but the two final fields.
 */
public final class Scope {
  private static final ThreadLocal<Scope> LOCAL = new ThreadLocal<>();
  private static final int MAX_DEPTH = 64;
  private static final int USUAL_DEPTH = 8;

  /** What began a level: {@link #switchTo}, or {@link #push}, so that an interval ends with it. */
  private static final byte SWITCH = 0;

  private static final byte INTERVAL = 1;

  /**
   * An interval of the trace that this thread writes into already, so that only its index is saved.
   */
  private static final byte INTERVAL_HERE = 2;

  /** {@link Thread#getId()} of the thread. */
  public final long threadId;

  /** Name of the thread when it was first seen. */
  public final String threadName;

  /** The request this thread works for, null for none. */
  Trace request;

  /** The innermost open interval and the trace it is in. */
  Trace openTrace;

  int openIndex = -1;

  /** Whether {@link Recorder#taskTaken} has set what {@link Recorder#nextTask} would set. */
  boolean taskTaken;

  private int depth;
  private Trace[] savedRequest = new Trace[USUAL_DEPTH];
  private Trace[] savedTrace = new Trace[USUAL_DEPTH];
  private int[] savedIndex = new int[USUAL_DEPTH];
  private byte[] began = new byte[USUAL_DEPTH];

  private Scope(Thread thread) {
    threadId = id(thread);
    threadName = thread.getName();
  }

  /** The calling thread's scope; a new thread starts with the context it was started in. */
  public static Scope current() {
    Scope scope = LOCAL.get();
    return scope != null ? scope : create();
  }

  /** The calling thread's scope, null when it has none and was not started by a request. */
  static Scope existing() {
    Scope scope = LOCAL.get();
    return scope != null || HandOff.isEmpty() ? scope : create();
  }

  /** The request this thread works for; null when none, or when its response has ended. */
  public Trace request() {
    Trace r = request;
    return r != null && !r.isClosed() ? r : null;
  }

  /**
   * Opens an interval of this thread, below its innermost open one, in {@link Recorder#target()};
   * flagged as inferred when nothing but being the only request in flight made it the target.
   *
   * @return its index, -1 when the trace is full
   */
  public int open(Trace target, int site, long nowNanos) {
    boolean inferred = target.serial > 0 && request == null;
    return target.open(site, parentIn(target), nowNanos, this, inferred);
  }

  /** Index in {@code trace} of the innermost open interval, -1 when it has none on this thread. */
  public int parentIn(Trace trace) {
    return openTrace == trace ? openIndex : -1;
  }

  /** Whether an interval was opened by this thread and has not ended. */
  boolean isIn(Trace trace, int index) {
    return trace.scope(index) == this && trace.end(index) < 0;
  }

  /** Makes an interval the innermost one. Returns a token for {@link #pop}, -1 when too deep. */
  int push(Trace trace, int index) {
    int token = save(trace == openTrace ? INTERVAL_HERE : INTERVAL);
    if (token >= 0) {
      if (began[token] != INTERVAL_HERE) {
        openTrace = trace;
      }
      openIndex = index;
    }
    return token;
  }

  /**
   * Switches to another request until {@link #pop}.
   *
   * @param trace null for none
   */
  int switchTo(Trace trace, int parent) {
    int token = save(SWITCH);
    if (token >= 0) {
      become(trace, parent);
    }
    return token;
  }

  /**
   * Switches to the request of a task until {@link #pop}; -1 when that changes nothing: called in
   * line by its own request, it stays below what is open here.
   */
  int workFor(HandOff task) {
    Trace trace = task.request();
    boolean inLine = trace == request && openIndex >= 0 && isIn(trace, openIndex);
    return inLine ? -1 : switchTo(trace, task.parent);
  }

  /** Switches to another request for good, forgetting what was open. */
  void reset(Trace trace, int parent) {
    if (depth > 0) {
      abandon(0);
    }
    become(trace, parent);
  }

  /**
   * Ends what the token began. {@code closing} ends the interval as well.
   *
   * @param thrown what ended it, null when nothing went wrong; only its class is kept
   */
  void pop(int token, boolean closing, long nowNanos, Throwable thrown) {
    if (token < 0 || token >= depth) {
      return;
    }
    if (token + 1 < depth) {
      abandon(token + 1);
    }
    if (closing && openTrace != null) {
      if (thrown != null) {
        openTrace.note(openIndex, Trace.ERROR, thrown.getClass().getName());
      }
      openTrace.close(openIndex, nowNanos, thrown != null);
    }
    restore(token);
  }

  /** Ends the levels from this one up: exceptions left them without a word. */
  private void abandon(int from) {
    long now = System.nanoTime();
    while (depth > from) {
      if (began[depth - 1] != SWITCH && openTrace != null) {
        openTrace.close(openIndex, now, true);
      }
      restore(depth - 1);
    }
  }

  private void restore(int token) {
    depth = token;
    openIndex = savedIndex[token];
    if (began[token] != INTERVAL_HERE) {
      request = savedRequest[token];
      openTrace = savedTrace[token];
      savedRequest[token] = null;
      savedTrace[token] = null;
    }
  }

  private void become(Trace trace, int parent) {
    if (trace != null) {
      trace.joined(threadId);
    }
    // Below an interval of nobody it is nobody's work still; of a request that ended it stays that.
    boolean nobodys = trace != null && trace.serial == 0 && parent >= 0 && !trace.isClosed();
    request = nobodys ? null : trace;
    openTrace = trace;
    openIndex = parent;
  }

  /** Whether no further level fits. */
  boolean isFull() {
    return depth >= MAX_DEPTH;
  }

  private int save(byte kind) {
    if (depth >= MAX_DEPTH || (depth == began.length && !deepen())) {
      return -1;
    }
    savedIndex[depth] = openIndex;
    began[depth] = kind;
    // Stores of references cost the collector's barriers, twice a call.
    if (kind != INTERVAL_HERE) {
      savedRequest[depth] = request;
      savedTrace[depth] = openTrace;
    }
    return depth++;
  }

  /** Whether the heap had room: a method of the application must not fail for want of it. */
  private boolean deepen() {
    try {
      savedRequest = Arrays.copyOf(savedRequest, MAX_DEPTH);
      savedTrace = Arrays.copyOf(savedTrace, MAX_DEPTH);
      savedIndex = Arrays.copyOf(savedIndex, MAX_DEPTH);
      began = Arrays.copyOf(began, MAX_DEPTH);
      return true;
    } catch (OutOfMemoryError e) {
      return false;
    }
  }

  /**
   * The calling thread works for whoever handed over the task: from now on, and for nobody else.
   */
  static void work(Object task) {
    HandOff handOff = task == null ? null : HandOff.take(task);
    if (handOff != null) {
      current().reset(handOff.request(), handOff.parent);
      return;
    }
    Scope scope = existing();
    if (scope != null) {
      scope.reset(null, -1);
    }
  }

  private static Scope create() {
    Thread thread = Thread.currentThread();
    Scope scope = new Scope(thread);
    LOCAL.set(scope);
    HandOff handOff = HandOff.take(thread);
    if (handOff != null) {
      scope.become(handOff.request(), handOff.parent);
    }
    return scope;
  }

  // threadId() is JDK 19 and later; getId() is deprecated there but means the same.
  @SuppressWarnings("deprecation")
  private static long id(Thread thread) {
    return thread.getId();
  }
}

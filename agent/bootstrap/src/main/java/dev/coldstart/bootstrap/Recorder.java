package dev.coldstart.bootstrap;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * The only class woven code calls. Everything here may run on any application thread at any time,
 * so it allocates nothing on the way of {@link #enter}/{@link #exit}, takes no lock there, never
 * logs and never throws.
 *
 * <p>Defined in the boot loader (decision 0002), so that application classes, platform classes and
 * the agent all see the same one. The agent sets {@link #hooks} before it weaves.
 */
public final class Recorder {
  private static final int MAX_IN_FLIGHT = 4096;
  private static final int STRIPES = 16;

  /** One per site; null where a site only times, or was switched off. */
  public static volatile Hook[] hooks = new Hook[0];

  /** The agent's own thread; null until it exists. */
  public static volatile Thread listener;

  /** Whether the agent's thread is woken when a request or a window changes, or a request ends. */
  public static volatile boolean watched = true;

  /** {@link System#nanoTime()} of the last server that began to accept requests, 0 for none. */
  public static volatile long readyNanos;

  /** What {@link #readyNanos} means, for people; null for none. */
  public static volatile String readySignal;

  private static final AtomicLong CLASSES = new AtomicLong();
  private static final AtomicInteger SERIAL = new AtomicInteger();
  private static final AtomicInteger LOST = new AtomicInteger();
  private static final AtomicInteger WAITING = new AtomicInteger();
  private static final AtomicReference<Trace> FINISHED = new AtomicReference<>();
  private static final Object REQUESTS = new Object();

  /** Outside requests: striped by thread, so that idle-time recording shares no cache line. */
  private static volatile Trace[] ambient = Trace.ofNobody(STRIPES);

  private static Trace inFlight;
  private static int inFlightCount;

  /** The request in flight when there is exactly one, else null. */
  private static volatile Trace sole;

  private Recorder() {}

  // ---- called by woven code

  /** Opens an interval on this thread. The result belongs to {@link #exit} or {@link #fail}. */
  public static int enter(int site) {
    Scope scope = Scope.current();
    Trace trace = target(scope);
    int parent = scope.parentIn(trace);
    if (parent >= 0 && trace.site(parent) == site && scope.isIn(trace, parent)) {
      // An overload that calls the next one, or recursion: the outermost call is the one that
      // counts.
      return -1;
    }
    if (scope.isFull()) {
      trace.drop();
      return -1;
    }
    int index = scope.open(trace, site, System.nanoTime());
    return index < 0 ? -1 : scope.push(trace, index);
  }

  /** Ends an interval whose method returned. */
  public static void exit(int token) {
    Scope.current().pop(token, true, System.nanoTime(), null);
  }

  /** Ends an interval whose method threw. The exception comes first: it is on the stack. */
  public static void fail(Throwable thrown, int token) {
    Scope.current().pop(token, true, System.nanoTime(), thrown);
  }

  /** Entry of a method whose probe reads values. */
  public static Object before(int site, Object self, Object[] args) {
    Hook hook = hooks[site];
    if (hook == null) {
      return null;
    }
    try {
      return hook.before(site, self, args);
    } catch (Throwable t) {
      Hook.failed(site, t);
      return null;
    }
  }

  /** Return of a method whose probe reads values. The result comes first: it is on the stack. */
  public static Object after(Object result, int site, Object state, Object self, Object[] args) {
    return leave(result, null, site, state, self, args);
  }

  /** What the caller gets where a probe replaces the result: the original unless it fits. */
  public static Object fitting(Object original, Object replaced, Class<?> type) {
    return type.isInstance(replaced) ? replaced : original;
  }

  /** Exceptional end of a method whose probe reads values. */
  public static void thrown(Throwable thrown, int site, Object state, Object self, Object[] args) {
    leave(null, thrown, site, state, self, args);
  }

  private static Object leave(
      Object result, Throwable thrown, int site, Object state, Object self, Object[] args) {
    Hook hook = hooks[site];
    if (hook == null) {
      return result;
    }
    try {
      return hook.after(site, state, self, args, result, thrown);
    } catch (Throwable t) {
      Hook.failed(site, t);
      return result;
    }
  }

  /** A task is being queued by this thread. One of an ended request is queued for nobody. */
  public static void handOff(Object task) {
    Scope scope = Scope.existing();
    Trace request = scope == null ? null : scope.request;
    if (request != null && task != null) {
      HandOff.put(task, request, scope.parentIn(request));
    }
  }

  /** A task is being queued in a fork-join pool by this thread. */
  public static void handOffToPool(Object pool, Object task) {
    // The scheduler of virtual threads queues continuations here, some while a thread is half
    // mounted: nothing of ours may run then.
    if (!HandOff.isVirtualThreadScheduler(pool)) {
      handOff(task);
    }
  }

  /** An object stands for what this thread works for, from now on and as often as it works. */
  public static void bind(Object object) {
    Scope scope = Scope.existing();
    Trace request = scope == null ? null : scope.request;
    if (request != null) {
      HandOff.bind(object, request, scope.parentIn(request));
    } else {
      HandOff.unbind(object);
    }
  }

  /** A bound object stands for nobody from now on: what it was made for is done. */
  public static void letGo(Object object) {
    HandOff.unbind(object);
  }

  /**
   * This thread begins a task, or a method of a bound object, and works for its request until
   * {@link #detach}; one that nobody queued or bound is run in line and changes nothing.
   */
  public static int attach(Object task) {
    HandOff handOff = HandOff.take(task);
    return handOff == null ? -1 : Scope.current().workFor(handOff);
  }

  /** The same for a task of an event loop: one that nobody queued is nobody's. */
  public static int attachTask(Object task) {
    HandOff handOff = HandOff.take(task);
    return handOff == null ? apart() : Scope.current().workFor(handOff);
  }

  /** This thread works for nobody until {@link #detach}: it begins a loop that serves everybody. */
  public static int apart() {
    Scope scope = Scope.existing();
    return scope == null ? -1 : scope.switchTo(null, -1);
  }

  /** The task has ended, either way. */
  public static void detach(int token) {
    if (token < 0) {
      return;
    }
    Scope.current().pop(token, false, 0, null);
  }

  /**
   * A pool's own thread is about to begin a task. The only sign of one in a worker that entered its
   * loop before the pool was woven; the others call {@link #nextTask} too.
   */
  public static void taskTaken(Object task) {
    Scope.work(task);
    Scope scope = Scope.existing();
    if (scope != null) {
      scope.taskTaken = true;
    }
  }

  /** A pool's own thread begins its next task: nothing of the last one may stay. */
  public static void nextTask(Object task) {
    Scope scope = Scope.existing();
    if (scope != null && scope.taskTaken) {
      scope.taskTaken = false;
    } else {
      Scope.work(task);
    }
  }

  /** A pool's own thread is done with a task. */
  public static void taskDone() {
    Scope.work(null);
  }

  // ---- called by the hooks of library files

  /**
   * Begins a request.
   *
   * @return the request, or null when too many are in flight
   */
  public static Trace begin(String method, String route, String traceparent) {
    Trace trace = new Trace(SERIAL.incrementAndGet(), System.nanoTime(), CLASSES.get());
    trace.method = method;
    trace.route = route;
    trace.traceparent = traceparent;
    synchronized (REQUESTS) {
      if (inFlightCount >= MAX_IN_FLIGHT) {
        LOST.incrementAndGet();
        return null;
      }
      trace.linkBefore(inFlight);
      inFlight = trace;
      inFlightCount++;
      sole = inFlightCount == 1 ? trace : null;
    }
    wake();
    return trace;
  }

  /** Ends a request; a second call has no effect. */
  public static void end(Trace trace) {
    synchronized (REQUESTS) {
      if (trace.isClosed()) {
        return;
      }
      if (trace.classesAtEnd == 0) {
        trace.classesAtEnd = CLASSES.get();
      }
      trace.end = Math.max(1, trace.overNanos() - trace.startNanos);
      trace.whileOpen.set(null);
      inFlight = inFlight == trace ? trace.next : inFlight;
      inFlightCount--;
      trace.unlink();
      sole = inFlightCount == 1 ? inFlight : null;
      // Inside, so that a request is in flight or finished at any time.
      publish(trace);
    }
  }

  /** This thread works for a request until {@link #detach}. */
  public static int join(Trace trace) {
    return Scope.current().switchTo(trace, -1);
  }

  /** This thread works below an open interval of a request until {@link #detach}. */
  public static int join(Trace trace, int parent) {
    return Scope.current().switchTo(trace, parent);
  }

  /** Where an interval opened now would go: this thread's request, else the only one, else none. */
  public static Trace target() {
    return target(Scope.current());
  }

  private static Trace target(Scope scope) {
    Trace request = scope.request;
    if (request == null) {
      // What a thread of nobody began before a request came stays whole.
      request = scope.openIndex >= 0 && scope.openTrace.serial == 0 ? scope.openTrace : sole;
    } else if (request.isClosed()) {
      request = null;
    }
    return request != null ? request : ambient[(int) scope.threadId & (STRIPES - 1)];
  }

  /** Adds a fact to the innermost open interval of this thread. */
  public static void note(String key, Object value) {
    Scope scope = Scope.current();
    Trace trace = scope.openTrace;
    if (trace != null && !trace.isClosed()) {
      trace.note(scope.openIndex, key, value);
    }
  }

  /** A server accepts requests from now on. */
  public static void ready(String signal) {
    readySignal = signal;
    readyNanos = System.nanoTime();
  }

  // ---- called by the agent

  /** Counts a class definition; called by the transformer. */
  public static void classDefined() {
    CLASSES.incrementAndGet();
  }

  /** Classes defined since this class was, which is at the first class with probes. */
  public static long classesDefined() {
    return CLASSES.get();
  }

  /** Finished requests since the last call, oldest first, linked for {@link #nextOf}. */
  public static Trace drain() {
    Trace newest = FINISHED.getAndSet(null);
    Trace oldest = null;
    while (newest != null) {
      Trace older = newest.next;
      newest.next = oldest;
      oldest = newest;
      newest = older;
      WAITING.addAndGet(-oldest.weight);
    }
    return oldest;
  }

  /** The request after this one in a {@link #drain()} result, null at the end; told once. */
  public static Trace nextOf(Trace drained) {
    Trace next = drained.next;
    // A thread may still point to one of them: that must not keep all that ended after it.
    drained.next = null;
    return next;
  }

  /** Requests in flight now, newest first. */
  public static Trace[] inFlight() {
    synchronized (REQUESTS) {
      Trace[] all = new Trace[inFlightCount];
      int i = 0;
      for (Trace t = inFlight; t != null; t = t.next) {
        all[i++] = t;
      }
      return all;
    }
  }

  /** What was recorded outside requests since the last call; recording goes on in a new place. */
  public static Trace[] swapAmbient() {
    Trace[] old = ambient;
    ambient = Trace.ofNobody(STRIPES);
    return old;
  }

  /** What is being recorded outside requests. */
  public static Trace[] ambient() {
    return ambient.clone();
  }

  /** A trace nobody reads, to measure what recording costs. */
  public static Trace scratch() {
    return new Trace(0, System.nanoTime(), 0);
  }

  /** Requests lost because too many were in flight or waiting for the agent's thread. */
  public static int lost() {
    return LOST.get();
  }

  /** A request began, or its user saw the first word. */
  static void wake() {
    if (watched) {
      LockSupport.unpark(listener);
    }
  }

  private static void publish(Trace trace) {
    if (WAITING.get() >= Trace.MAX_WAITING) {
      LOST.incrementAndGet();
      return;
    }
    int waiting = WAITING.addAndGet(trace.weigh());
    do {
      trace.next = FINISHED.get();
    } while (!FINISHED.compareAndSet(trace.next, trace));
    // In a busy service it looks by itself: waking it takes longer than most of what is recorded.
    if (watched || waiting > Trace.MAX_WAITING / 4) {
      LockSupport.unpark(listener);
    }
  }
}

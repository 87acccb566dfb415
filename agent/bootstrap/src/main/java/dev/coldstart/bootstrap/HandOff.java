package dev.coldstart.bootstrap;

import java.lang.ref.WeakReference;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Remembers which request a task (or a thread about to start) was handed over by. A side table
 * keyed by identity, because a woven class may not get a field and a wrapped task would not be the
 * task the application queued.
 *
 * <p>Entries are weak, leave when the task runs, and are bounded by {@link #MAX}. Locks are leaves:
 * nothing is called while one is held.
 */
final class HandOff extends WeakReference<Object> {
  /** Event loops and workers that outlive the request they are born in. */
  private static final String[] SHARED_THREADS = {
    "java.util.concurrent.ForkJoinWorkerThread",
    "jdk.internal.net.http.HttpClientImpl$SelectorManager",
    "io.netty.util.concurrent.FastThreadLocalThread"
  };

  private static final int BUCKETS = 1 << 10;
  private static final int MAX = 1 << 17;
  private static final HandOff[] TABLE = new HandOff[BUCKETS];
  private static final Object[] LOCKS = new Object[64];
  private static final AtomicInteger SIZE = new AtomicInteger();

  /** What is left of a request that ended before its task began: nobody else's task then. */
  private static final Trace ENDED = new Trace(0, 0, 0);

  static {
    for (int i = 0; i < LOCKS.length; i++) {
      LOCKS[i] = new Object();
    }
    ENDED.end = 1;
  }

  /** The request, replaced when it has ended so that a forgotten task does not keep its memory. */
  volatile Trace request;

  final int parent;
  private HandOff next;

  private HandOff(Object task, Trace request, int parent) {
    super(task);
    this.request = request;
    this.parent = parent;
  }

  static boolean isEmpty() {
    return SIZE.get() == 0;
  }

  /** Remembers a task, unless it already waits for a request that is still in flight. */
  static void put(Object task, Trace request, int parent) {
    boolean full = SIZE.get() >= MAX;
    int bucket = bucket(task);
    synchronized (LOCKS[bucket & 63]) {
      if (!prune(bucket, task, full) && !full) {
        HandOff entry = new HandOff(task, request.isClosed() ? ENDED : request, parent);
        entry.next = TABLE[bucket];
        TABLE[bucket] = entry;
        SIZE.incrementAndGet();
      }
    }
  }

  /** The hand-over of a task that runs now, forgotten from here on; null when there is none. */
  static HandOff take(Object task) {
    return find(task, true);
  }

  /** The hand-over of a stage that may run in several steps; null when there is none. */
  static HandOff peek(Object task) {
    return find(task, false);
  }

  private static HandOff find(Object task, boolean remove) {
    if (SIZE.get() == 0) {
      return null;
    }
    int bucket = bucket(task);
    synchronized (LOCKS[bucket & 63]) {
      HandOff previous = null;
      for (HandOff e = TABLE[bucket]; e != null; previous = e, e = e.next) {
        if (e.refersTo(task)) {
          if (remove) {
            unlink(bucket, previous, e);
          }
          return e;
        }
      }
    }
    return null;
  }

  /**
   * Drops what was collected, and lets go of requests that have ended.
   *
   * @param full whether to make room by forgetting tasks of requests that have ended
   * @return whether the task itself remains
   */
  private static boolean prune(int bucket, Object task, boolean full) {
    boolean found = false;
    HandOff previous = null;
    for (HandOff e = TABLE[bucket]; e != null; e = e.next) {
      boolean ended = e.request.isClosed();
      if (e.refersTo(null) || (ended && (full || e.refersTo(task)))) {
        unlink(bucket, previous, e);
        continue;
      }
      if (ended) {
        e.request = ENDED;
      }
      found |= e.refersTo(task);
      previous = e;
    }
    return found;
  }

  private static void unlink(int bucket, HandOff previous, HandOff e) {
    if (previous == null) {
      TABLE[bucket] = e.next;
    } else {
      previous.next = e.next;
    }
    SIZE.decrementAndGet();
  }

  /** Whether a thread serves everybody, so that it may not stay with its first user. */
  static boolean isShared(Object thread) {
    for (Class<?> c = thread.getClass(); c != null && c != Thread.class; c = c.getSuperclass()) {
      for (String shared : SHARED_THREADS) {
        if (c.getName().equals(shared)) {
          return true;
        }
      }
    }
    return false;
  }

  static boolean isVirtualThreadScheduler(Object pool) {
    ForkJoinWorkerThreadFactory factory = ((ForkJoinPool) pool).getFactory();
    return factory.getClass().getName().startsWith("java.lang.VirtualThread");
  }

  private static int bucket(Object task) {
    int hash = System.identityHashCode(task);
    return (hash ^ (hash >>> 10)) & (BUCKETS - 1);
  }
}

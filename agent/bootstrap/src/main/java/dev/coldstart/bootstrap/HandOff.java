package dev.coldstart.bootstrap;

import java.lang.ref.WeakReference;
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
  private static final int BUCKETS = 1 << 10;
  private static final int MAX = 1 << 17;
  private static final HandOff[] TABLE = new HandOff[BUCKETS];
  private static final Object[] LOCKS = new Object[64];
  private static final AtomicInteger SIZE = new AtomicInteger();

  static {
    for (int i = 0; i < LOCKS.length; i++) {
      LOCKS[i] = new Object();
    }
  }

  final Trace request;
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
    if (SIZE.get() >= MAX) {
      return;
    }
    int bucket = bucket(task);
    synchronized (LOCKS[bucket & 63]) {
      if (!prune(bucket, task)) {
        HandOff entry = new HandOff(task, request, parent);
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

  /** Drops what was collected or whose request has ended. Returns whether the task remains. */
  private static boolean prune(int bucket, Object task) {
    boolean found = false;
    HandOff previous = null;
    for (HandOff e = TABLE[bucket]; e != null; e = e.next) {
      if (e.refersTo(null) || e.request.isClosed()) {
        unlink(bucket, previous, e);
      } else {
        found |= e.refersTo(task);
        previous = e;
      }
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

  private static int bucket(Object task) {
    int hash = System.identityHashCode(task);
    return (hash ^ (hash >>> 10)) & (BUCKETS - 1);
  }
}

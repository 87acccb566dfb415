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

  static void put(Object task, Trace request, int parent) {
    if (SIZE.get() >= MAX) {
      return;
    }
    HandOff entry = new HandOff(task, request, parent);
    int bucket = bucket(task);
    synchronized (LOCKS[bucket & 63]) {
      // Dead entries (never run, collected) go as we pass them; an entry for the same task (a
      // completion that is queued twice) is replaced.
      HandOff kept = prune(TABLE[bucket], task);
      entry.next = kept;
      TABLE[bucket] = entry;
      SIZE.incrementAndGet();
    }
  }

  /** The hand-over of a task, removed; null when there is none. */
  static HandOff take(Object task) {
    if (SIZE.get() == 0) {
      return null;
    }
    int bucket = bucket(task);
    synchronized (LOCKS[bucket & 63]) {
      HandOff previous = null;
      for (HandOff e = TABLE[bucket]; e != null; e = e.next) {
        if (e.refersTo(task)) {
          if (previous == null) {
            TABLE[bucket] = e.next;
          } else {
            previous.next = e.next;
          }
          SIZE.decrementAndGet();
          return e;
        }
        previous = e;
      }
    }
    return null;
  }

  private static HandOff prune(HandOff head, Object task) {
    HandOff first = null;
    HandOff last = null;
    for (HandOff e = head; e != null; e = e.next) {
      if (e.refersTo(null) || e.refersTo(task)) {
        SIZE.decrementAndGet();
      } else if (last == null) {
        first = e;
        last = e;
      } else {
        last.next = e;
        last = e;
      }
    }
    if (last != null) {
      last.next = null;
    }
    return first;
  }

  private static int bucket(Object task) {
    int hash = System.identityHashCode(task);
    return (hash ^ (hash >>> 10)) & (BUCKETS - 1);
  }
}

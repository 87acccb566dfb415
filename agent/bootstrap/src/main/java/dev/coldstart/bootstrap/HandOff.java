package dev.coldstart.bootstrap;

import java.lang.ref.WeakReference;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Remembers which request an object of the application works for: a task until it has run, an
 * object that is bound (a stage, a sink, a call) for as long as it lives. A side table keyed by
 * identity, because a woven class may not get a field and a wrapped task would not be the task the
 * application queued.
 *
 * <p>Entries are weak, keep no request that has ended, and are bounded by {@link #MAX}. Looking up
 * takes no lock; changes do, and call nothing while they hold one.
 */
final class HandOff extends WeakReference<Object> {
  private static final int BUCKETS = 1 << 13;
  private static final int MAX = 1 << 17;
  private static final AtomicReferenceArray<HandOff> TABLE = new AtomicReferenceArray<>(BUCKETS);
  private static final Object[] LOCKS = new Object[64];
  private static final AtomicInteger SIZE = new AtomicInteger();

  /** Stands for a request that ended before its task began: nobody else's task then. */
  private static final Trace ENDED = new Trace(0, 0, 0);

  /** A task that waits for several requests at once: no telling which one it runs for next. */
  private static final AtomicReference<Trace> SEVERAL = new AtomicReference<>(ENDED);

  static {
    for (int i = 0; i < LOCKS.length; i++) {
      LOCKS[i] = new Object();
    }
    ENDED.end = 1;
  }

  /** The index of the interval that was open when it was handed over, -1 for none. */
  final int parent;

  private final boolean bound;
  private AtomicReference<Trace> request;

  /** How often it was queued and has not run yet. */
  private int waiting = 1;

  private volatile HandOff next;

  private HandOff(Object task, Trace request, int parent, boolean bound, HandOff next) {
    super(task);
    this.request = request.whileOpen;
    this.parent = parent;
    this.bound = bound;
    this.next = next;
  }

  static boolean isEmpty() {
    return SIZE.get() == 0;
  }

  /** Whom it works for; a request that has ended when it works for nobody. */
  Trace request() {
    Trace open = request.get();
    return open == null ? ENDED : open;
  }

  /** A task is queued. One that is bound stays with whoever it was bound to. */
  static void put(Object task, Trace request, int parent) {
    int bucket = bucket(task);
    synchronized (LOCKS[bucket & 63]) {
      HandOff known = prune(bucket, task);
      if (known == null) {
        add(bucket, task, request, parent, false);
      } else if (!known.bound) {
        if (known.request != SEVERAL && known.request().isClosed()) {
          unlink(bucket, known);
          add(bucket, task, request, parent, false);
        } else {
          known.waiting++;
          if (known.request() != request) {
            known.request = SEVERAL;
          }
        }
      }
    }
  }

  /** From now on an object stands for a request, also if it stood for another one before. */
  static void bind(Object object, Trace request, int parent) {
    int bucket = bucket(object);
    synchronized (LOCKS[bucket & 63]) {
      HandOff known = prune(bucket, object);
      add(bucket, object, request, parent, true);
      if (known != null) {
        unlink(bucket, known);
      }
    }
  }

  /** An object stands for nobody from now on. */
  static void unbind(Object object) {
    if (find(object) != null) {
      int bucket = bucket(object);
      synchronized (LOCKS[bucket & 63]) {
        HandOff known = prune(bucket, object);
        if (known != null) {
          unlink(bucket, known);
        }
      }
    }
  }

  /** The hand-over of an object that works now: a task is forgotten. Null when there is none. */
  static HandOff take(Object task) {
    HandOff found = find(task);
    if (found == null || found.bound) {
      return found;
    }
    int bucket = bucket(task);
    synchronized (LOCKS[bucket & 63]) {
      return --found.waiting > 0 || unlink(bucket, found) ? found : null;
    }
  }

  private static HandOff find(Object task) {
    if (SIZE.get() == 0) {
      return null;
    }
    for (HandOff e = TABLE.get(bucket(task)); e != null; e = e.next) {
      if (e.refersTo(task)) {
        return e;
      }
    }
    return null;
  }

  private static void add(int bucket, Object task, Trace request, int parent, boolean bound) {
    if (SIZE.get() < MAX) {
      try {
        TABLE.set(bucket, new HandOff(task, request, parent, bound, TABLE.get(bucket)));
        SIZE.incrementAndGet();
      } catch (OutOfMemoryError e) {
        // As with a full table: whoever works on it does so for nobody.
      }
    }
  }

  /**
   * Drops what was collected, and in a full table also what requests that have ended left.
   *
   * @return the entry of the task, null for none
   */
  private static HandOff prune(int bucket, Object task) {
    boolean full = SIZE.get() >= MAX;
    HandOff found = null;
    for (HandOff e = TABLE.get(bucket); e != null; e = e.next) {
      if (e.refersTo(task)) {
        found = e;
      } else if (e.refersTo(null) || (full && e.request().isClosed())) {
        unlink(bucket, e);
      }
    }
    return found;
  }

  /** Whether it was still there. */
  private static boolean unlink(int bucket, HandOff entry) {
    HandOff previous = null;
    for (HandOff e = TABLE.get(bucket); e != null; previous = e, e = e.next) {
      if (e == entry) {
        if (previous == null) {
          TABLE.set(bucket, e.next);
        } else {
          previous.next = e.next;
        }
        SIZE.decrementAndGet();
        return true;
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
    return (hash ^ (hash >>> 13)) & (BUCKETS - 1);
  }
}

package dev.coldstart.weave;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Values by the identity of an object of the application, which is neither changed nor kept alive.
 * Thread-safe; entries of collected objects leave as others are added.
 */
public class WeakIdentityMap<V> {
  private final ConcurrentHashMap<Object, V> map = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

  /** Replaces the value of an object. */
  public void put(Object key, V value) {
    for (Reference<?> dead = collected.poll(); dead != null; dead = collected.poll()) {
      V lost = map.remove(dead);
      if (lost != null) {
        collected(lost);
      }
    }
    map.put(new Stored(key, collected), value);
  }

  /** The object of a value was collected. */
  protected void collected(V value) {}

  /** Null when absent. */
  public V get(Object key) {
    return key == null ? null : map.get(new Lookup(key));
  }

  /** Null when absent. */
  public V remove(Object key) {
    return key == null ? null : map.remove(new Lookup(key));
  }

  private static final class Stored extends WeakReference<Object> {
    private final int hash;

    Stored(Object key, ReferenceQueue<Object> queue) {
      super(key, queue);
      hash = System.identityHashCode(key);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      if (this == other || (other instanceof Lookup l && refersTo(l.key))) {
        return true;
      }
      // The same object again, as servers reuse theirs; two dead entries are never the same.
      Object key = other instanceof Stored s ? s.get() : null;
      return key != null && refersTo(key);
    }
  }

  private record Lookup(Object key) {
    @Override
    public int hashCode() {
      return System.identityHashCode(key);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Stored s && s.refersTo(key);
    }
  }
}

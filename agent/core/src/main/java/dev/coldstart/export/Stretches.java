package dev.coldstart.export;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** A set of instants: stretches of time that are merged where they overlap. */
final class Stretches {
  /** Ends by begins; they neither overlap nor touch. */
  private final NavigableMap<Long, Long> ends = new TreeMap<>();

  void add(long begin, long end) {
    if (end <= begin) {
      return;
    }
    long from = begin;
    long to = end;
    Map.Entry<Long, Long> near = ends.floorEntry(to);
    while (near != null && near.getValue() >= from) {
      from = Math.min(from, near.getKey());
      to = Math.max(to, near.getValue());
      ends.remove(near.getKey());
      near = ends.floorEntry(to);
    }
    ends.put(from, to);
  }

  void add(Stretches others) {
    others.ends.forEach(this::add);
  }

  /** The part between two instants. */
  Stretches within(long begin, long end) {
    Stretches part = new Stretches();
    Long first = ends.floorKey(begin);
    for (Map.Entry<Long, Long> e : ends.tailMap(first == null ? begin : first, true).entrySet()) {
      if (e.getKey() >= end) {
        break;
      }
      part.add(Math.max(begin, e.getKey()), Math.min(end, e.getValue()));
    }
    return part;
  }

  boolean contain(long instant) {
    Map.Entry<Long, Long> near = ends.floorEntry(instant);
    return near != null && near.getValue() > instant;
  }

  /** Length of all together. */
  long nanos() {
    long sum = 0;
    for (Map.Entry<Long, Long> e : ends.entrySet()) {
      sum += e.getValue() - e.getKey();
    }
    return sum;
  }
}

package dev.coldstart.phase;

import java.util.Map;

/** Short ways to write intervals in tests. */
final class Intervals {
  static Interval root(int id, String phase, long start, long end) {
    return child(-1, id, phase, start, end);
  }

  static Interval child(int parent, int id, String phase, long start, long end) {
    return new Interval(
        id, parent, phase, phase + id, start, end, id, "t" + id, false, false, false, Map.of());
  }

  private Intervals() {}
}

package dev.coldstart.it.truth;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Who a window waited for, worked out anew from the contract's words: at each instant, from the
 * window downwards, among the branches active at the same time the one that finishes last, ties by
 * start, then by number. Shares no code with the agent's; compares all with all, which is slow.
 */
final class Sweep {
  private static final int WINDOW = -1;

  private final long begin;
  private final long end;
  private final Map<Integer, List<Piece>> children = new HashMap<>();
  private final Map<String, Long> exclusive = new HashMap<>();
  private final Map<String, Long> total = new HashMap<>();
  private long unattributed;

  /**
   * Some work.
   *
   * @param parent id of the piece it was begun in, -1 for none; one that ended before is replaced
   *     by the next further out that did not
   */
  record Piece(int id, int parent, String phase, long begin, long end) {}

  Sweep(long begin, long end, List<Piece> pieces) {
    this.begin = begin;
    this.end = end;
    Map<Integer, Piece> byId = new HashMap<>();
    pieces.forEach(p -> byId.put(p.id, p));
    TreeSet<Long> instants = new TreeSet<>(List.of(begin, end));
    for (Piece p : pieces) {
      Piece parent = byId.get(p.parent);
      while (parent != null && parent.end < p.end) {
        parent = byId.get(parent.parent);
      }
      Piece clamped = new Piece(p.id, p.parent, p.phase, within(p.begin), within(p.end));
      int above = parent == null ? WINDOW : parent.id;
      children.computeIfAbsent(above, x -> new ArrayList<>()).add(clamped);
      instants.add(clamped.begin);
      instants.add(clamped.end);
    }
    long from = begin;
    for (long to : instants.tailSet(begin, false)) {
      credit(from, to);
      from = to;
    }
  }

  private long within(long time) {
    return Math.max(begin, Math.min(end, time));
  }

  private void credit(long from, long to) {
    String owner = null;
    Piece waited = latest(WINDOW, from);
    while (waited != null) {
      owner = waited.phase;
      waited = latest(waited.id, from);
    }
    if (owner == null) {
      unattributed += to - from;
    } else {
      exclusive.merge(owner, to - from, Long::sum);
    }
    children.values().stream()
        .flatMap(List::stream)
        .filter(p -> p.begin <= from && to <= p.end)
        .map(Piece::phase)
        .distinct()
        .forEach(phase -> total.merge(phase, to - from, Long::sum));
  }

  private Piece latest(int parent, long instant) {
    Piece best = null;
    for (Piece p : children.getOrDefault(parent, List.of())) {
      if (p.begin <= instant && instant < p.end && (best == null || beats(p, best))) {
        best = p;
      }
    }
    return best;
  }

  private static boolean beats(Piece p, Piece best) {
    if (p.end != best.end) {
      return p.end > best.end;
    }
    return p.begin != best.begin ? p.begin < best.begin : p.id < best.id;
  }

  long exclusive(String phase) {
    return exclusive.getOrDefault(phase, 0L);
  }

  long total(String phase) {
    return total.getOrDefault(phase, 0L);
  }

  long unattributed() {
    return unattributed;
  }
}

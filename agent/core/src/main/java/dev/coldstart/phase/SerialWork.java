package dev.coldstart.phase;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Pieces of work that ran one after the other though they could have run side by side, such as tool
 * servers that were asked in turn.
 *
 * @param phase phase id of the pieces
 * @param count pieces, at least 2
 * @param serialNanos how long the window waited for them, with all that ran inside them
 * @param savingNanos upper bound of what running them in parallel would save: all but the longest.
 *     Whether one needs another's result cannot be seen
 */
public record SerialWork(String phase, int count, long serialNanos, long savingNanos) {
  private static final long SHORTEST_NANOS = 1_000_000;
  private static final int MOST = 10;

  private static final Comparator<SerialWork> LARGEST_FIRST =
      Comparator.comparingLong(SerialWork::savingNanos)
          .thenComparingLong(SerialWork::serialNanos)
          .reversed()
          .thenComparing(SerialWork::phase)
          .thenComparingInt(SerialWork::count);

  /**
   * Finds runs of pieces of one phase, begun in the same interval (or in none), that were waited
   * for at least 1 ms each and of which none overlaps another one. What is done with one tool
   * server is one piece. Steps of a connection follow from each other, and rounds of a model need
   * each other's answers: they are no pieces, and one that begins between two pieces parts them.
   *
   * @param intervals in any order; a parent with a higher id than its child is taken for none
   * @param attribution of these intervals
   * @return largest saving first, at most 10
   */
  public static List<SerialWork> of(Collection<Interval> intervals, Attribution attribution) {
    List<Interval> byId = new ArrayList<>(intervals);
    byId.sort(Comparator.comparingInt(Interval::id));
    Waited waited = new Waited(byId, attribution.slices());
    Map<String, List<Interval>> siblings = new HashMap<>();
    TreeSet<Long> rounds = new TreeSet<>();
    for (Interval i : byId) {
      if (isRound(i.phase())) {
        rounds.add(i.startNanos());
      } else if (waited.nanos(i) >= SHORTEST_NANOS && !Connect.isStep(i.name())) {
        int parent = i.parent() < i.id() && waited.knows(i.parent()) ? i.parent() : -1;
        siblings.computeIfAbsent(parent + " " + i.phase(), k -> new ArrayList<>()).add(i);
      }
    }
    List<SerialWork> found = new ArrayList<>();
    for (List<Interval> pieces : siblings.values()) {
      pieces.sort(Comparator.comparingLong(Interval::startNanos).thenComparingInt(Interval::id));
      addRuns(pieces, rounds, waited, found);
    }
    found.sort(LARGEST_FIRST);
    return List.copyOf(found.subList(0, Math.min(MOST, found.size())));
  }

  private static void addRuns(
      List<Interval> pieces, TreeSet<Long> rounds, Waited waited, List<SerialWork> found) {
    List<Interval> run = new ArrayList<>();
    for (int i = 0; i < pieces.size(); ) {
      long end = pieces.get(i).endNanos();
      int next = i + 1;
      while (next < pieces.size() && pieces.get(next).startNanos() < end) {
        end = Math.max(end, pieces.get(next++).endNanos());
      }
      List<Interval> together = pieces.subList(i, next);
      boolean one = together.size() == 1 || servers(together).size() == 1;
      if (!one || (!run.isEmpty() && parted(run.get(run.size() - 1), pieces.get(i), rounds))) {
        add(run, waited, found);
        run.clear();
      }
      if (one) {
        run.addAll(together);
      }
      i = next;
    }
    add(run, waited, found);
  }

  private static boolean parted(Interval before, Interval after, TreeSet<Long> rounds) {
    Long round = rounds.ceiling(before.endNanos());
    return round != null && round <= after.startNanos();
  }

  private static void add(List<Interval> run, Waited waited, List<SerialWork> found) {
    Collection<Long> pieces = servers(run).isEmpty() ? each(run, waited) : byServer(run, waited);
    long serial = 0;
    long longest = 0;
    for (long nanos : pieces) {
      serial += nanos;
      longest = Math.max(longest, nanos);
    }
    if (pieces.size() > 1) {
      found.add(new SerialWork(run.get(0).phase(), pieces.size(), serial, serial - longest));
    }
  }

  private static List<Long> each(List<Interval> run, Waited waited) {
    List<Long> each = new ArrayList<>();
    for (Interval piece : run) {
      each.add(waited.nanos(piece));
    }
    return each;
  }

  /** What is for no server is for the next one, as its transport is. */
  private static Collection<Long> byServer(List<Interval> run, Waited waited) {
    Map<Object, Long> byServer = new HashMap<>();
    long unnamed = 0;
    for (Interval piece : run) {
      Object server = server(piece);
      unnamed += waited.nanos(piece);
      if (server != null) {
        byServer.merge(server, unnamed, Long::sum);
        unnamed = 0;
      }
    }
    return byServer.values();
  }

  private static Set<Object> servers(List<Interval> run) {
    Set<Object> servers = new HashSet<>();
    for (Interval piece : run) {
      Object server = server(piece);
      if (server != null) {
        servers.add(server);
      }
    }
    return servers;
  }

  /** The client is told apart by its user's name of it, else by what the server calls itself. */
  private static Object server(Interval piece) {
    Object client = piece.notes().get("client");
    return client != null ? client : piece.notes().get("server");
  }

  private static boolean isRound(String phase) {
    return phase.equals(Phase.LLM_TTFT.id()) || phase.equals(Phase.LLM_GENERATION.id());
  }

  /** How long was waited for each interval and everything inside it. */
  private static final class Waited {
    private final int[] ids;
    private final long[] nanos;

    Waited(List<Interval> byId, List<Slice> slices) {
      ids = new int[byId.size()];
      nanos = new long[ids.length];
      for (int at = 0; at < ids.length; at++) {
        ids[at] = byId.get(at).id();
      }
      for (Slice s : slices) {
        add(s.interval(), s.nanos());
      }
      for (int at = ids.length - 1; at >= 0; at--) {
        int parent = byId.get(at).parent();
        if (parent < ids[at]) {
          add(parent, nanos[at]);
        }
      }
    }

    boolean knows(int id) {
      return Arrays.binarySearch(ids, id) >= 0;
    }

    long nanos(Interval interval) {
      int at = Arrays.binarySearch(ids, interval.id());
      return at < 0 ? 0 : nanos[at];
    }

    private void add(int id, long more) {
      int at = Arrays.binarySearch(ids, id);
      if (at >= 0) {
        nanos[at] += more;
      }
    }
  }
}

package dev.coldstart.it.truth;

import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares a report with the ledger of the same run.
 *
 * <p>An interval is known by its thread, its act and its time: the agent looks at the clock just
 * before and just after the ledger does, and a thread plays one act of a kind at a time. So it is
 * seen when one lands in another request's report.
 */
final class Judge {
  private static final Set<String> PHASES =
      Arrays.stream(Act.values()).map(act -> act.phase).collect(Collectors.toSet());

  private final Ledger ledger;
  private final Score score;
  private final String name;
  private final Map<Integer, Ledger.Played> byId = new HashMap<>();
  private final Map<String, List<Ledger.Played>> byThreadAndAct = new HashMap<>();
  private final Set<Integer> folded = new HashSet<>();

  Judge(String name, Ledger ledger, Score score) {
    this.name = name;
    this.ledger = ledger;
    this.score = score;
    for (Ledger.Played p : ledger.played()) {
      byId.put(p.id(), p);
      byThreadAndAct.computeIfAbsent(p.thread() + " " + p.act(), k -> new ArrayList<>()).add(p);
    }
    for (Ledger.Played p : byId.values()) {
      if (isFolded(p)) {
        folded.add(p.id());
      }
    }
  }

  void judge(RunReport report) {
    Set<Integer> seen = new TreeSet<>();
    for (RequestReport request : report.requests()) {
      int number = number(request);
      Ledger.Seen handled =
          ledger.handled().stream().filter(h -> h.id() == number).findFirst().orElse(null);
      if (handled == null || !seen.add(number)) {
        score.wrong(name + ": a request of the report is not in the ledger, or twice: " + number);
      } else {
        judge(request, handled);
      }
    }
    for (Ledger.Seen handled : ledger.handled()) {
      if (!seen.contains(handled.id())) {
        score.missing(name + ": request " + handled.id() + " is not in the report");
      }
    }
    score.dropped(report.agent().dropped(), report.agent().warnings());
  }

  /** By its path, or by the act that begins every script. -1 for none. */
  private int number(RequestReport request) {
    if (request.route().startsWith("/")) {
      return Integer.parseInt(request.route().substring(1));
    }
    if (request.spans().isEmpty()) {
      return -1;
    }
    Ledger.Played first = find(request, request.spans().get(0));
    return first == null ? -1 : first.request();
  }

  private void judge(RequestReport request, Ledger.Seen handled) {
    long begin = request.startMonotonicNanos();
    long end = begin + request.wallNanos();
    String who = name + ", request " + handled.id();
    long sum = request.unattributedNanos();
    for (PhaseTime phase : request.phases()) {
      sum += phase.exclusiveNanos();
    }
    score.request(sum == request.wallNanos(), who);
    Set<Integer> credited = credited(request, handled.id(), who);
    List<Sweep.Piece> pieces = new ArrayList<>();
    for (Ledger.Played p : ledger.played()) {
      boolean unknown = p.way() == Way.UNKNOWN_LOOP;
      boolean here = p.request() == handled.id() && p.begin() < end && p.end() > begin;
      if (here && !folded.contains(p.id()) && (!unknown || credited.contains(p.id()))) {
        pieces.add(
            new Sweep.Piece(
                p.id(), unknown ? -1 : recordedParent(p), phase(p), p.begin(), p.end()));
        // One that begins with the end of its request belongs to nobody.
        if (!credited.contains(p.id()) && p.begin() < handled.end()) {
          score.lost(who + ": " + p);
        }
      }
    }
    compare(request, new Sweep(begin, end, pieces), handled, who);
  }

  /** Ids of the acts whose intervals are in this report. */
  private Set<Integer> credited(RequestReport request, int number, String who) {
    Set<Integer> credited = new HashSet<>();
    for (Span span : request.spans()) {
      Ledger.Played played = find(request, span);
      if (played != null && played.request() != number && guessed(span, played)) {
        score.guessedWrong();
      } else if (played == null || played.request() != number || !credited.add(played.id())) {
        score.wrong(who + ": " + span + " is " + played);
      } else {
        score.interval(span.inferred(), played.way(), who + ": " + played);
      }
    }
    return credited;
  }

  /**
   * What a request left behind after its end, on a thread nobody can follow, while one other was in
   * flight: the contract has it inferred, and flagged.
   */
  private boolean guessed(Span span, Ledger.Played played) {
    return span.inferred()
        && played.way() == Way.UNKNOWN_LOOP
        && ledger.handled().stream()
            .anyMatch(h -> h.id() == played.request() && h.end() <= played.begin());
  }

  /** The act that was played inside of an interval and began soonest after it. */
  private Ledger.Played find(RequestReport request, Span span) {
    long begin = request.startMonotonicNanos() + span.startNanos();
    long end = request.startMonotonicNanos() + span.endNanos();
    Ledger.Played best = null;
    String key = span.thread().replace(' ', '_') + " " + span.name();
    for (Ledger.Played p : byThreadAndAct.getOrDefault(key, List.of())) {
      boolean inside = p.begin() >= begin && (span.open() ? p.begin() <= end : p.end() <= end);
      if (inside && (best == null || p.begin() < best.begin())) {
        best = p;
      }
    }
    return best;
  }

  /** An act that calls itself counts once. */
  private boolean isFolded(Ledger.Played p) {
    Ledger.Played parent = byId.get(p.parent());
    return parent != null
        && parent.act() == p.act()
        && parent.thread().equals(p.thread())
        && parent.begin() <= p.begin()
        && p.end() <= parent.end();
  }

  /** A connection to a database counts for the vector store that opens it. */
  private String phase(Ledger.Played p) {
    Ledger.Played opener = p;
    while (opener != null && opener.act() == Act.DB_CONNECT) {
      opener = opener.way() == Way.UNKNOWN_LOOP ? null : byId.get(opener.parent());
    }
    boolean ofStore = opener != null && opener.act().phase.startsWith("vector_store_");
    return ofStore && p.act() == Act.DB_CONNECT ? Act.VECTOR_STORE_CONNECT.phase : p.act().phase;
  }

  private int recordedParent(Ledger.Played p) {
    int parent = p.parent();
    while (folded.contains(parent)) {
      parent = byId.get(parent).parent();
    }
    return parent;
  }

  private void compare(RequestReport request, Sweep expected, Ledger.Seen handled, String who) {
    Map<String, PhaseTime> reported = new TreeMap<>();
    request.phases().forEach(p -> reported.put(p.phase(), p));
    for (String phase : PHASES) {
      PhaseTime time = reported.remove(phase);
      if (time != null || expected.total(phase) > 0) {
        long own = time == null ? 0 : time.exclusiveNanos();
        long all = time == null ? 0 : time.totalNanos();
        score.exclusive(expected.exclusive(phase), own, who + " " + phase);
        score.total(expected.total(phase), all, who + " total " + phase);
      }
    }
    for (String other : reported.keySet()) {
      score.wrong(who + ": phase " + other);
    }
    score.exclusive(expected.unattributed(), request.unattributedNanos(), who + " unattributed");
    window(request, handled, who);
  }

  /** It begins between the client's sending and the handler's begin; its end likewise. */
  private void window(RequestReport request, Ledger.Seen handled, String who) {
    Ledger.Seen asked = ledger.asked(handled.id());
    long begin = request.startMonotonicNanos();
    long end = begin + request.wallNanos();
    long error =
        asked == null
            ? Math.abs(begin - handled.begin()) + Math.abs(end - handled.end())
            : outside(begin, asked.begin(), handled.begin())
                + outside(end, handled.end(), asked.end());
    score.window(handled.end() - handled.begin(), error, who + " window");
  }

  private static long outside(long time, long from, long to) {
    return Math.max(0, Math.max(from - time, time - to));
  }
}

package dev.coldstart.it.truth;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Counts of many runs, and whether they are good enough. Times are ns. */
final class Score {
  private static final long TOLERANCE = 2_000_000;
  private static final double ENOUGH = 0.99;
  private static final int SHOWN = 12;

  private final Errors exclusive = new Errors("exclusive");
  private final Errors total = new Errors("total");
  private final Errors window = new Errors("window");
  private final TreeMap<Way, Integer> intervals = new TreeMap<>();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> notExact = new ArrayList<>();
  private final List<String> inferred = new ArrayList<>();
  private final TreeMap<String, Integer> warnings = new TreeMap<>();
  private int requests;
  private int cases;
  private int mostAtOnce;
  private int unknownInferred;
  private int guessedWrong;
  private long dropped;

  /** Differences of one kind. */
  private static final class Errors {
    private final String name;
    private final List<Long> all = new ArrayList<>();
    private final TreeMap<Long, String> worst = new TreeMap<>();
    private int good;

    Errors(String name) {
      this.name = name;
    }

    void add(long expected, long error, String what) {
      all.add(error);
      if (error <= Math.max(TOLERANCE, expected / 100)) {
        good++;
      } else {
        worst.put(error, what);
        if (worst.size() > SHOWN) {
          worst.pollFirstEntry();
        }
      }
    }

    double share() {
      return all.isEmpty() ? 0 : (double) good / all.size();
    }

    String line() {
      Collections.sort(all);
      return String.format(
          Locale.ROOT,
          "  %-12s %,9d %10.4f %10.4f %10.4f %10.4f %10.3f %%",
          name,
          all.size(),
          at(0.5),
          at(0.95),
          at(0.99),
          at(1),
          100 * share());
    }

    private double at(double quantile) {
      int index = (int) Math.ceil(quantile * all.size()) - 1;
      return all.isEmpty() ? Double.NaN : all.get(Math.max(0, index)) / 1e6;
    }
  }

  void began(int atOnce) {
    cases++;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
  }

  void request(boolean exact, String who) {
    requests++;
    if (!exact) {
      notExact.add(who);
    }
  }

  void interval(boolean isInferred, Way way, String who) {
    intervals.merge(way, 1, Integer::sum);
    if (isInferred && way == Way.UNKNOWN_LOOP) {
      unknownInferred++;
    } else if (isInferred != (way == Way.UNKNOWN_LOOP)) {
      inferred.add(who);
    }
  }

  void guessedWrong() {
    guessedWrong++;
  }

  void exclusive(long expected, long reported, String what) {
    exclusive.add(expected, Math.abs(expected - reported), what + text(expected, reported));
  }

  void total(long expected, long reported, String what) {
    total.add(expected, Math.abs(expected - reported), what + text(expected, reported));
  }

  void window(long expected, long error, String what) {
    window.add(
        expected, error, String.format(Locale.ROOT, "%s: off by %.3f ms", what, error / 1e6));
  }

  void wrong(String what) {
    wrong.add(what);
  }

  void lost(String what) {
    lost.add(what);
  }

  void missing(String what) {
    missing.add(what);
  }

  void dropped(long intervals, List<String> warned) {
    dropped += intervals;
    warned.forEach(w -> warnings.merge(w, 1, Integer::sum));
  }

  /** What does not depend on how busy the machine is. */
  boolean sound() {
    return requests > 0
        && notExact.isEmpty()
        && wrong.isEmpty()
        && lost.isEmpty()
        && missing.isEmpty()
        && inferred.isEmpty();
  }

  boolean passed() {
    return sound() && exclusive.share() >= ENOUGH && total.share() >= ENOUGH;
  }

  /** For people. */
  String table() {
    StringBuilder out = new StringBuilder();
    line(out, "%,d cases, %,d requests, %d at once at most", cases, requests, mostAtOnce);
    line(out, "intervals by way to their thread: %s", intervals);
    line(out, "sum exact: %,d of %,d requests", requests - notExact.size(), requests);
    line(out, "");
    line(
        out,
        "  %-12s %9s %10s %10s %10s %10s   within 1 %% or 2 ms",
        "error, ms",
        "compared",
        "p50",
        "p95",
        "p99",
        "max");
    for (Errors errors : List.of(exclusive, total, window)) {
      out.append(errors.line()).append(System.lineSeparator());
    }
    line(out, "(the window is not judged: of an answer, client and server see the end apart)");
    line(out, "");
    line(out, "intervals in the wrong request: %d", wrong.size());
    line(out, "intervals lost: %d; requests missing: %d", lost.size(), missing.size());
    line(
        out,
        "inferred, on threads nobody can follow: %d; of these left by a request that had ended: %d",
        unknownInferred + guessedWrong,
        guessedWrong);
    line(out, "inferred or not against the script: %d", inferred.size());
    line(out, "dropped: %d; warnings: %s", dropped, warnings);
    some(out, "wrong", wrong);
    some(out, "lost", lost);
    some(out, "missing", missing);
    some(out, "sum not exact", notExact);
    some(out, "inferred", inferred);
    for (Errors errors : List.of(exclusive, total, window)) {
      some(out, errors.name, List.copyOf(errors.worst.descendingMap().values()));
    }
    line(out, "verdict: %s", passed() ? "pass" : "MISSED");
    return out.toString();
  }

  private static void some(StringBuilder out, String title, List<String> what) {
    for (String each : what.subList(0, Math.min(SHOWN, what.size()))) {
      line(out, "  %s: %s", title, each);
    }
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append(System.lineSeparator());
  }

  private static String text(long expected, long reported) {
    return String.format(
        Locale.ROOT, ": ledger %.3f ms, report %.3f ms", expected / 1e6, reported / 1e6);
  }
}

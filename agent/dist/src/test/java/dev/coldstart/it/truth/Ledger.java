package dev.coldstart.it.truth;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a scripted agent knows about itself, by its own looks at the clock. Written as lines of
 * words; read again by the judge, in another process.
 */
final class Ledger {
  private static final long QUIET_MILLIS = 100;

  private static final Queue<Entry> PLAYED = new ConcurrentLinkedQueue<>();
  private static final Queue<Seen> HANDLED = new ConcurrentLinkedQueue<>();
  private static final Queue<Seen> ASKED = new ConcurrentLinkedQueue<>();

  /**
   * An act that was played.
   *
   * @param parent id of the act it was started in, -1 for none
   * @param thread name of the thread, without blanks
   */
  record Played(
      int id, int request, int parent, Act act, Way way, String thread, long begin, long end) {}

  /**
   * A request, as its handler saw it from begin to end, or its client.
   *
   * @param id number of the request
   */
  record Seen(int id, long begin, long end) {}

  /** An act that is being played. */
  static final class Entry {
    private final Node node;
    private final String thread;
    private final long begin;

    /** {@link System#nanoTime()}, 0 while it runs. */
    volatile long end;

    private Entry(Node node, long begin) {
      this.node = node;
      this.thread = Thread.currentThread().getName();
      this.begin = begin;
    }

    private String line() {
      return String.join(
          " ",
          "act",
          "" + node.id,
          "" + node.request,
          "" + (node.parent.act == null ? -1 : node.parent.id),
          node.act.name(),
          node.way.name(),
          thread.replace(' ', '_'),
          "" + begin,
          "" + end);
    }
  }

  static Entry begin(Node node, long begin) {
    Entry entry = new Entry(node, begin);
    PLAYED.add(entry);
    return entry;
  }

  static void handled(int request, long begin, long end) {
    HANDLED.add(new Seen(request, begin, end));
  }

  static void asked(int request, long begin, long end) {
    ASKED.add(new Seen(request, begin, end));
  }

  /** Waits until no act has run for a while. */
  static void awaitQuiet() throws InterruptedException {
    int seen = -1;
    while (seen != PLAYED.size() || PLAYED.stream().anyMatch(entry -> entry.end == 0)) {
      seen = PLAYED.size();
      TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
    }
  }

  static void write(Path file) throws IOException {
    List<String> lines = new ArrayList<>();
    PLAYED.forEach(entry -> lines.add(entry.line()));
    HANDLED.forEach(h -> lines.add("handled " + h.id + " " + h.begin + " " + h.end));
    ASKED.forEach(a -> lines.add("asked " + a.id + " " + a.begin + " " + a.end));
    Files.write(file, lines);
  }

  private final List<Played> played = new ArrayList<>();
  private final List<Seen> handled = new ArrayList<>();
  private final Map<Integer, Seen> asked = new HashMap<>();

  private Ledger() {}

  /** What another process wrote. */
  static Ledger read(Path file) throws IOException {
    Ledger ledger = new Ledger();
    for (String line : Files.readAllLines(file)) {
      String[] w = line.split(" ", -1);
      if (w[0].equals("act")) {
        ledger.played.add(
            new Played(
                Integer.parseInt(w[1]),
                Integer.parseInt(w[2]),
                Integer.parseInt(w[3]),
                Act.valueOf(w[4]),
                Way.valueOf(w[5]),
                w[6],
                Long.parseLong(w[7]),
                Long.parseLong(w[8])));
        continue;
      }
      Seen seen = new Seen(Integer.parseInt(w[1]), Long.parseLong(w[2]), Long.parseLong(w[3]));
      if (w[0].equals("handled")) {
        ledger.handled.add(seen);
      } else {
        ledger.asked.put(seen.id, seen);
      }
    }
    return ledger;
  }

  List<Played> played() {
    return played;
  }

  List<Seen> handled() {
    return handled;
  }

  /** As the client of a request saw it, null when it had none. */
  Seen asked(int request) {
    return asked.get(request);
  }
}

package dev.coldstart.measure;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes what a process prints, so that it never waits for a reader; keeps the last lines and looks
 * for the one that says it is ready. Thread-safe.
 */
final class Output {
  private static final int TAIL = 15;
  private static final int MAX_LINE = 8_192;
  private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

  private final Deque<String> tail = new ArrayDeque<>();
  private final Readiness readiness;
  private Long readyNanos;
  private Map<String, String> names = Map.of();

  Output(Readiness readiness) {
    this.readiness = readiness;
  }

  void read(InputStream stream, boolean stdout) {
    Thread reader = new Thread(() -> pump(stream, stdout), "output");
    reader.setDaemon(true);
    reader.start();
  }

  /** When the ready line came, null before. */
  synchronized Long readyNanos() {
    return readyNanos;
  }

  /** Named groups of the ready line. */
  synchronized Map<String, String> names() {
    return names;
  }

  /** The last lines of both streams, in the order they came. */
  synchronized List<String> tail() {
    return new ArrayList<>(tail);
  }

  private void pump(InputStream stream, boolean stdout) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c == '\n' || line.length() == MAX_LINE) {
          line(line.toString().stripTrailing(), stdout);
          line.setLength(0);
        } else {
          line.append((char) c);
        }
      }
      if (line.length() > 0) {
        line(line.toString(), stdout);
      }
    } catch (IOException e) {
      // The process is gone.
    }
  }

  private synchronized void line(String line, boolean stdout) {
    if (tail.size() == TAIL) {
      tail.removeFirst();
    }
    tail.addLast(line);
    if (readyNanos != null) {
      return;
    }
    if (readiness instanceof Readiness.FirstLine && stdout) {
      readyNanos = System.nanoTime();
    } else if (readiness instanceof Readiness.Line ready) {
      Matcher found = ready.pattern().matcher(line);
      if (found.find()) {
        readyNanos = System.nanoTime();
        names = groups(found);
      }
    }
  }

  private static Map<String, String> groups(Matcher found) {
    Map<String, String> groups = new HashMap<>();
    Matcher name = GROUP.matcher(found.pattern().pattern());
    while (name.find()) {
      String value = found.group(name.group(1));
      if (value != null) {
        groups.put(name.group(1), value);
      }
    }
    return groups;
  }
}

package dev.coldstart.agent;

import dev.coldstart.bootstrap.Trace;
import dev.coldstart.report.OtherEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts requests that are not those of an agent, by route. Kept before anything heavy is loaded,
 * because health probes come first. Used by the background thread only.
 */
final class OtherEntries {
  static final int MAX_ROUTES = 50;

  private static final String REST = "other routes";

  private static final int MAX_TRACES = 256;

  private final Map<String, OtherEntry> byRoute = new LinkedHashMap<>();
  private List<Trace> recorded = new ArrayList<>();
  private boolean changed;

  void add(Trace trace) {
    if (trace.size() > 0 && recorded.size() < MAX_TRACES) {
      recorded.add(trace);
    }
    add(
        trace.method == null ? "unknown" : trace.method,
        trace.route == null ? "unknown" : trace.route,
        trace.end);
  }

  void add(String method, String route, long nanos) {
    changed = true;
    String key = method + ' ' + route;
    if (!byRoute.containsKey(key) && byRoute.size() >= MAX_ROUTES) {
      key = REST;
      method = "any";
      route = REST;
    }
    OtherEntry before = byRoute.get(key);
    byRoute.put(
        key,
        before == null
            ? new OtherEntry(method, route, 1, nanos, nanos)
            : new OtherEntry(
                before.method(),
                before.route(),
                before.count() + 1,
                before.firstNanos(),
                Math.max(before.maxNanos(), nanos)));
  }

  /** Those since the last call in which something was recorded: work of others, by inference. */
  List<Trace> takeRecorded() {
    List<Trace> taken = recorded;
    recorded = new ArrayList<>();
    return taken;
  }

  /** Whether there was one since the last call. */
  boolean takeChanged() {
    boolean was = changed;
    changed = false;
    return was;
  }

  /** Most frequent first. */
  List<OtherEntry> list() {
    List<OtherEntry> all = new ArrayList<>(byRoute.values());
    all.sort(Comparator.comparingLong(OtherEntry::count).reversed());
    return all;
  }
}

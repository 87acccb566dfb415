package dev.coldstart.agent;

import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import dev.coldstart.phase.Interval;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.ModelCall;
import dev.coldstart.weave.Shown;
import dev.coldstart.weave.Sites;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns what was recorded into intervals. Ids are the trace's indexes plus an offset. */
final class TraceReader {
  /** Note that replaces the name of a site, for names known only at run time. */
  private static final String NAME = "name";

  /** Note with the name of the tool that is built or called. */
  private static final String TOOL = "tool";

  /** Characters of a name, a note or a thread's name. */
  private static final int MAX_TEXT = 200;

  private final List<Interval> intervals = new ArrayList<>();
  private final Map<Integer, ModelCall> calls = new TreeMap<>();

  /** The tool that an interval is in, by its id. */
  private final Map<Integer, Object> tools = new HashMap<>();

  /**
   * Adds the intervals of a trace.
   *
   * @param firstId id of its first interval
   * @param nowNanos stands in for the end of what is still open
   * @return the first free id
   */
  int add(Trace trace, int firstId, long nowNanos) {
    Map<Integer, Map<String, Object>> notes = notes(trace, firstId);
    Map<Integer, Object> errors = new HashMap<>();
    notes.forEach((id, own) -> errors.put(id - firstId, own.get(Trace.ERROR)));
    SearchedClients searched = new SearchedClients(trace);
    int size = trace.size();
    for (int i = 0; i < size; i++) {
      int site = trace.site(i);
      if (site < 0 || isLeftOut(trace, i)) {
        continue;
      }
      Map<String, Object> own = notes.getOrDefault(firstId + i, new LinkedHashMap<>());
      String name = own.remove(NAME) instanceof String s ? s : Sites.span(site);
      int parent = parent(trace, i, firstId);
      ofTool(firstId + i, parent, Sites.phase(site), own);
      int failed = Enclosing.failedAround(trace, i);
      Object error = failed < 0 ? null : errors.get(failed);
      if (error != null) {
        own.putIfAbsent(Trace.ERROR, error);
      }
      long start = trace.startNanos + trace.start(i);
      long end = end(trace, i);
      Scope scope = trace.scope(i);
      intervals.add(
          new Interval(
              firstId + i,
              parent,
              searched.phase(i),
              name,
              start,
              // The clocks of two threads' processors may differ: nothing ends before it began.
              Math.max(start, end < 0 ? nowNanos : trace.startNanos + end),
              scope == null ? -1 : scope.threadId,
              scope == null ? "" : Shown.of(scope.threadName, MAX_TEXT),
              trace.thrown(i) || failed >= 0,
              end < 0,
              trace.inferred(i),
              own));
    }
    return firstId + size;
  }

  /** Says of work on a schema whose tool it was for: an interval above it is noted to be a tool. */
  private void ofTool(int id, int parent, String phase, Map<String, Object> own) {
    Object tool = own.get(TOOL);
    if (tool == null) {
      tool = tools.get(parent);
      if (tool != null && phase.equals(Phase.SCHEMA_VALIDATION.id())) {
        own.put(TOOL, tool);
      }
    }
    if (tool != null) {
      tools.put(id, tool);
    }
  }

  /**
   * The innermost enclosing interval that lasted as long: work that was forked, or an answer that
   * is streamed, often outlives the call that started it, and is then waited for further out.
   */
  private static int parent(Trace trace, int index, int firstId) {
    long end = end(trace, index) < 0 ? Long.MAX_VALUE : end(trace, index);
    int parent = trace.parent(index);
    while (parent >= 0 && (endsBefore(trace, parent, end) || isLeftOut(trace, parent))) {
      parent = trace.parent(parent);
    }
    return parent < 0 ? -1 : firstId + parent;
  }

  /** Of a step that nobody ended, that of whoever gave it up; -1 while open. */
  private static long end(Trace trace, int index) {
    int failed = trace.end(index) < 0 ? Enclosing.failedAround(trace, index) : -1;
    return failed < 0 ? trace.end(index) : trace.end(failed);
  }

  private static boolean endsBefore(Trace trace, int index, long end) {
    return trace.end(index) >= 0 && trace.end(index) < end;
  }

  /**
   * A step that repeats another one; or one of some thread that did nothing else for the request,
   * which is here only because no other request was in flight: it tells nothing of this one.
   */
  private static boolean isLeftOut(Trace trace, int index) {
    return Enclosing.counted(trace, index) != index
        || (trace.inferred(index) && Enclosing.phase(trace, index).equals(Phase.UNATTRIBUTED));
  }

  List<Interval> intervals() {
    return intervals;
  }

  /** Model calls by the id of the interval that times them. */
  Map<Integer, ModelCall> calls() {
    return calls;
  }

  private Map<Integer, Map<String, Object>> notes(Trace trace, int firstId) {
    Map<Integer, Map<String, Object>> byId = new LinkedHashMap<>();
    Object[] notes = trace.notes();
    for (int i = 0; i < notes.length; i += 3) {
      int index = (Integer) notes[i];
      int counted = Enclosing.counted(trace, index);
      int id = firstId + counted;
      String key = (String) notes[i + 1];
      if (key.equals(Trace.ERROR) && index != counted && !trace.thrown(counted)) {
        // One address refused and the next one did not.
        continue;
      }
      if (key.equals(ModelCall.NOTE)) {
        calls.put(id, (ModelCall) notes[i + 2]);
        continue;
      }
      Object value = shown(key, notes[i + 2]);
      if (value != null) {
        byId.computeIfAbsent(id, k -> new LinkedHashMap<>()).put(key, value);
      }
    }
    return byId;
  }

  /**
   * Names are the application's, or even the model's: short, and nothing that a reader acts on. An
   * address may hold what is secret: null, but where a user's own probe asked for it.
   */
  private static Object shown(String key, Object value) {
    if (!(value instanceof String text)) {
      return value;
    }
    return key.equals(NAME) ? Shown.of(text, MAX_TEXT) : Shown.name(text, MAX_TEXT);
  }
}

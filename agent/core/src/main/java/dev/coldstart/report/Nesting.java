package dev.coldstart.report;

import dev.coldstart.phase.Slice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Tells nested from hidden time. A phase does not own an instant either because a phase inside it
 * did (nested) or because the request waited for another branch (hidden).
 */
public final class Nesting {
  private final Map<String, Long> nanos = new HashMap<>();

  /** Of one request. */
  public Nesting(RequestReport request) {
    Map<Integer, Span> spans = new HashMap<>();
    request.spans().forEach(span -> spans.put(span.id(), span));
    for (Slice slice : request.slices()) {
      for (String phase : enclosing(spans, slice)) {
        nanos.merge(phase, slice.nanos(), Long::sum);
      }
    }
  }

  /** Time of the window owned by other phases inside this one, ns. */
  public long nanos(String phase) {
    return nanos.getOrDefault(phase, 0L);
  }

  /** Phases around the owner, without its own; each once. */
  private static Set<String> enclosing(Map<Integer, Span> spans, Slice slice) {
    Set<String> phases = new HashSet<>();
    Set<Integer> seen = new HashSet<>();
    Span span = spans.get(slice.interval());
    while (span != null && span.parent() != null && seen.add(span.id())) {
      span = spans.get(span.parent());
      // Work that outlived what started it is not inside it any more.
      if (span != null
          && span.startNanos() <= slice.startNanos()
          && slice.endNanos() <= span.endNanos()) {
        phases.add(span.phase());
      }
    }
    phases.remove(slice.phase());
    return phases;
  }
}

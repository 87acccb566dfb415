package dev.coldstart.agent;

import dev.coldstart.bootstrap.Trace;
import dev.coldstart.phase.Connect;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Sites;

/**
 * What intervals count for whose phase depends on what they began in: steps of connections, and
 * connections of database drivers, which vector stores use too. Goes by what an interval began in,
 * also where that ended before it, but for model calls.
 */
final class Enclosing {
  private Enclosing() {}

  /** The phase of an interval. */
  static String phase(Trace trace, int index) {
    String own = Sites.phase(trace.site(index));
    if (!dependsOnOthers(own)) {
      return own;
    }
    String found = own;
    for (int at = trace.parent(index); at >= 0; at = trace.parent(at)) {
      String outer = trace.site(at) < 0 ? Connect.PHASE : Sites.phase(trace.site(at));
      if (outer.startsWith("vector_store_")) {
        return Phase.VECTOR_STORE_CONNECT.id();
      }
      if (isOver(trace, at, outer, index)) {
        continue;
      }
      if (!dependsOnOthers(outer)) {
        return found.equals(Connect.PHASE) ? inside(outer) : found;
      }
      found = outer.equals(Connect.PHASE) ? found : outer;
    }
    return found.equals(Connect.PHASE) ? Phase.UNATTRIBUTED : found;
  }

  private static boolean dependsOnOthers(String phase) {
    return phase.equals(Connect.PHASE) || phase.equals(Phase.DB_CONNECT.id());
  }

  /** A model that has answered needs no connection: what its answer let begin is not its own. */
  private static boolean isOver(Trace trace, int at, String phase, int index) {
    return isModel(phase) && trace.end(at) >= 0 && trace.end(at) < trace.start(index);
  }

  private static String inside(String outer) {
    return isModel(outer) ? Phase.LLM_CONNECT.id() : outer;
  }

  private static boolean isModel(String phase) {
    return phase.equals(Phase.LLM_TTFT.id()) || phase.equals(Phase.LLM_GENERATION.id());
  }

  /**
   * What failed around a step that failed or that nobody ended: who waited for it gave it up, at
   * the latest with its own end.
   *
   * @return an index, -1 when there is none
   */
  static int failedAround(Trace trace, int index) {
    boolean step = Sites.phase(trace.site(index)).equals(Connect.PHASE);
    if (!step || (trace.end(index) >= 0 && !trace.thrown(index))) {
      return -1;
    }
    int at = trace.parent(index);
    while (at >= 0 && (trace.end(at) < 0 || !trace.thrown(at))) {
      at = trace.parent(at);
    }
    return at;
  }

  /**
   * The interval that counts for this one, which repeats it: the JDK's step of a connection inside
   * the same step as the client's library saw it.
   *
   * @return the index of the outermost one, that of the interval itself when it repeats nothing
   */
  static int counted(Trace trace, int index) {
    int counted = index;
    String step = trace.site(index) < 0 ? "" : Sites.span(trace.site(index));
    if (!Connect.isStep(step)) {
      return index;
    }
    for (int at = trace.parent(index); at >= 0; at = trace.parent(at)) {
      String outer = trace.site(at) < 0 ? "" : Sites.span(trace.site(at));
      if (!Connect.isStep(outer)) {
        return counted;
      }
      counted = outer.equals(step) ? at : counted;
    }
    return counted;
  }
}

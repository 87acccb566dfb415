package dev.coldstart.agent;

import dev.coldstart.bootstrap.Trace;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Sites;
import java.util.HashSet;
import java.util.Set;

/**
 * Clients of databases that are vector stores too, such as those of Redis, and search for vectors
 * in a trace: there their connections are those of a vector store, also where they were opened
 * before the search and not by it. Which client an interval is of tells the first word of its name.
 */
final class SearchedClients {
  private static final String STORES = "vector_store_";

  private final Trace trace;
  private final Set<String> names = new HashSet<>();

  /** Looks through a trace once. */
  SearchedClients(Trace trace) {
    this.trace = trace;
    int size = trace.size();
    for (int i = 0; i < size; i++) {
      if (trace.site(i) >= 0 && Sites.phase(trace.site(i)).startsWith(STORES)) {
        names.add(client(i));
      }
    }
  }

  /** The phase of an interval, see {@link Enclosing#phase}. */
  String phase(int index) {
    String phase = Enclosing.phase(trace, index);
    if (!names.isEmpty() && isConnect(phase)) {
      for (int at = index; at >= 0; at = trace.parent(at)) {
        int site = trace.site(at);
        // What is still being opened has not served anybody.
        boolean opened = site >= 0 && isConnect(Sites.phase(site)) && trace.end(at) >= 0;
        if (opened && names.contains(client(at))) {
          return Phase.VECTOR_STORE_CONNECT.id();
        }
      }
    }
    return phase;
  }

  private static boolean isConnect(String phase) {
    return phase.equals(Phase.DB_CONNECT.id());
  }

  private String client(int index) {
    String span = Sites.span(trace.site(index));
    int end = span.indexOf(' ');
    return end < 0 ? span : span.substring(0, end);
  }
}

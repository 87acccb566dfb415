package dev.coldstart.agent;

import dev.coldstart.bootstrap.Trace;
import dev.coldstart.phase.Connect;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.RequestEntry;
import dev.coldstart.weave.Sites;

/**
 * Tells requests in which an agent works, or that the user declared, from health probes, static
 * files and the like. Only the former can be the first request of a process, and make it warm.
 */
final class AgentWork {
  /** Last segments of paths by which orchestrators and monitors ask. */
  private static final String PROBES =
      " health healthz livez readyz liveness readiness live ready alive ping status metrics"
          + " prometheus ";

  private AgentWork() {}

  static boolean in(Trace trace) {
    if (trace.declared) {
      return true;
    }
    boolean probe = isProbe(trace.route);
    boolean agentCall = RequestEntry.AGENT_CALL.equals(trace.method);
    for (int i = 0; i < trace.size(); i++) {
      int site = trace.site(i);
      // An agent may be called for no more than an object that calls the model later.
      if (site >= 0 && (agentCall ? site == Sites.LLM_TTFT : counts(trace, i, probe))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Work that is in the request only because no other was in flight, and that went on after it, was
   * not what it waited for. A probe that finds a database or store connected or not may well
   * connect to it; that makes it no agent.
   */
  private static boolean counts(Trace trace, int index, boolean probe) {
    String phase = Sites.phase(trace.site(index));
    if (phase.equals(Connect.PHASE)) {
      // Any service may call another one.
      return false;
    }
    if (trace.inferred(index)) {
      long end = trace.end(index);
      return !probe && end >= 0 && end <= trace.end;
    }
    return !probe || !connects(phase);
  }

  private static boolean connects(String phase) {
    return phase.equals(Phase.DB_CONNECT.id())
        || phase.equals(Phase.VECTOR_STORE_CONNECT.id())
        || phase.equals(Phase.LLM_CONNECT.id());
  }

  static boolean isProbe(String route) {
    if (route == null) {
      return false;
    }
    String path = route.endsWith("/") ? route.substring(0, route.length() - 1) : route;
    String last = path.substring(path.lastIndexOf('/') + 1);
    return (!last.isEmpty() && PROBES.contains(' ' + last + ' '))
        || path.startsWith("/actuator/")
        || path.startsWith("grpc.health.v1.Health/")
        || path.contains("/health/");
  }
}

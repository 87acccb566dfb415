package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import java.lang.reflect.Method;

/**
 * A method that handles a request, for services that no server brings requests to: consumers of
 * queues, jobs, servers that are not known. Either a user declared it, or it is an agent's own
 * entry and no server accepts requests so far. Inside another request it is a call like any other.
 * Where it returns a future, the request ends with that.
 */
public final class RequestEntry extends RequestCall {
  /** {@link Trace#method} of a call of an agent that no server brought. */
  public static final String AGENT_CALL = "agent call";

  private final String route;
  private final boolean declared;

  private RequestEntry(String route, boolean declared) {
    this.route = route;
    this.declared = declared;
  }

  /** A method the user named. */
  static RequestEntry declared(String route) {
    return new RequestEntry(route, true);
  }

  /**
   * The entry of an agent.
   *
   * @param name what is called; an interface's method in its place where an invocation handler is
   *     told of it
   */
  public static RequestEntry ofAgent(String name) {
    return new RequestEntry(name, false);
  }

  /** The same for a method that returns a publisher. The probe must replace the result. */
  public static Hook ofPublishingAgent(String name) {
    return new PublishedRequest(name);
  }

  /** Begins a request of an agent, unless it is part of one. Null then, and when too many run. */
  public static Trace beginAgentCall(String route) {
    return Recorder.readyNanos != 0 || Scope.current().request() != null
        ? null
        : Recorder.begin(AGENT_CALL, route, null);
  }

  @Override
  protected Trace begin(Object self, Object[] args) {
    return declared ? beginDeclared() : beginAgentCall(name(args));
  }

  private Trace beginDeclared() {
    Trace trace = Scope.current().request() != null ? null : Recorder.begin("call", route, null);
    if (trace != null) {
      trace.declared = true;
    }
    return trace;
  }

  private String name(Object[] args) {
    for (Object argument : args) {
      if (argument instanceof Method method) {
        return method.getDeclaringClass().getSimpleName() + '#' + method.getName();
      }
    }
    return route;
  }
}

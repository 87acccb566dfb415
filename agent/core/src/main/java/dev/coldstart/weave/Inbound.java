package dev.coldstart.weave;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;

/** Requests by the objects a server keeps for them: exchange, request, response, stream. */
public final class Inbound {
  private static final WeakIdentityMap<Standing> BY_OBJECT =
      new WeakIdentityMap<>() {
        @Override
        protected void collected(Standing standing) {
          // Whatever ends a request does it with this object: nothing can end it any more.
          if (standing.began) {
            fail(standing.trace, null);
            Recorder.end(standing.trace);
          }
        }
      };

  /**
   * What an object stands for.
   *
   * @param began whether it is the one that the request began with
   */
  private record Standing(Trace trace, boolean began) {}

  private Inbound() {}

  /**
   * A request arrived. One that another library has brought to this thread already is the same: a
   * framework's server on top of the server that has the connection, say.
   *
   * @param server name of the library that brings it
   * @param key the server's object for it; the request ends when this is collected
   * @param method kind of entry, "GET"
   * @param path without query; cut here in case it has one
   * @param traceparent W3C trace context, null for none
   * @return the request, null when too many are in flight
   */
  static Trace begin(String server, Object key, String method, String path, String traceparent) {
    Trace outer = Scope.current().request();
    if (outer != null && !server.equals(outer.server)) {
      bind(key, outer);
      return outer;
    }
    Trace trace = Recorder.begin(method, bare(path), traceparent);
    if (trace != null) {
      trace.server = server;
      BY_OBJECT.put(key, new Standing(trace, true));
    }
    return trace;
  }

  /**
   * Whether the thread belongs to a server of the agent itself, which Prometheus reads: such
   * threads have the agent's loader, which no application can set.
   */
  static boolean isOwnServer() {
    ClassLoader own = Inbound.class.getClassLoader();
    return Thread.currentThread().getContextClassLoader() == own
        && own != ClassLoader.getSystemClassLoader();
  }

  /** Another object stands for the same request. */
  public static void bind(Object key, Trace trace) {
    if (key != null && trace != null) {
      BY_OBJECT.put(key, new Standing(trace, false));
    }
  }

  /** The request of an object, null when unknown. */
  public static Trace of(Object key) {
    Standing standing = BY_OBJECT.get(key);
    return standing == null ? null : standing.trace;
  }

  /**
   * Something went wrong, unless the request has ended. The first that has a name names it.
   *
   * @param problem an exception or the status of an HTTP response; anything else has no name
   */
  static void fail(Trace trace, Object problem) {
    if (!trace.isClosed()) {
      trace.failed = true;
      trace.error = trace.error == null ? ErrorType.of(problem) : trace.error;
    }
  }

  /**
   * The response is complete: the request ends if this server brought it. Without a request for the
   * object nothing happens.
   */
  public static void end(String server, Object key) {
    Standing standing = BY_OBJECT.remove(key);
    if (standing != null && server.equals(standing.trace.server)) {
      Recorder.end(standing.trace);
    }
  }

  /** The path alone: no scheme and host, no query, no parameters ({@code ;jsessionid=..}). */
  public static String bare(String target) {
    int query = target == null ? -1 : target.indexOf('?');
    String path = query < 0 ? target : target.substring(0, query);
    int host = path == null || path.startsWith("/") ? -1 : path.indexOf("://");
    if (host >= 0) {
      int slash = path.indexOf('/', host + 3);
      path = slash < 0 ? "/" : path.substring(slash);
    }
    if (path == null || path.indexOf(';') < 0) {
      return path;
    }
    StringBuilder bare = new StringBuilder(path.length());
    boolean parameter = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      parameter = c == ';' || (parameter && c != '/');
      if (!parameter) {
        bare.append(c);
      }
    }
    return bare.toString();
  }
}

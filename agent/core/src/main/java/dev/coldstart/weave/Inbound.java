package dev.coldstart.weave;

import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;

/** Requests by the objects a server keeps for them: exchange, request, response, stream. */
public final class Inbound {
  private static final WeakIdentityMap<Trace> BY_OBJECT = new WeakIdentityMap<>();

  private Inbound() {}

  /**
   * A request arrived.
   *
   * @param key the server's object for it
   * @param method kind of entry, "GET"
   * @param path without query; cut here in case it has one
   * @param traceparent W3C trace context, null for none
   * @return the request, null when too many are in flight
   */
  public static Trace begin(Object key, String method, String path, String traceparent) {
    Trace trace = Recorder.begin(method, bare(path), traceparent);
    if (trace != null) {
      BY_OBJECT.put(key, trace);
    }
    return trace;
  }

  /** Another object of the server stands for the same request. */
  public static void bind(Object key, Trace trace) {
    if (key != null && trace != null) {
      BY_OBJECT.put(key, trace);
    }
  }

  /** The request of an object, null when unknown. */
  public static Trace of(Object key) {
    return BY_OBJECT.get(key);
  }

  /** Bytes of the response's body leave the service. */
  public static void body(Object key) {
    Trace trace = BY_OBJECT.get(key);
    if (trace != null) {
      trace.body(System.nanoTime());
    }
  }

  /** The response is complete; without a request for the object nothing happens. */
  public static void end(Object key) {
    Trace trace = BY_OBJECT.remove(key);
    if (trace != null) {
      Recorder.end(trace);
    }
  }

  /** Without query, and without the parameters of its segments ({@code ;jsessionid=..}). */
  private static String bare(String path) {
    int query = path == null ? -1 : path.indexOf('?');
    String whole = query < 0 ? path : path.substring(0, query);
    if (whole == null || whole.indexOf(';') < 0) {
      return whole;
    }
    StringBuilder bare = new StringBuilder(whole.length());
    boolean parameter = false;
    for (int i = 0; i < whole.length(); i++) {
      char c = whole.charAt(i);
      parameter = c == ';' || (parameter && c != '/');
      if (!parameter) {
        bare.append(c);
      }
    }
    return bare.toString();
  }
}

package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import java.nio.ByteBuffer;

/**
 * The hooks that the files of servers are made of. Each finds its request by an object of the
 * server ("key"): {@link #begins} makes one for it, {@link #ends} ends it, and what happens in
 * between is told with that object or with one that was bound to the same request.
 *
 * <p>A request that another server's library has begun is left to that one: it gets what is told
 * here (bodies, failures, its route), but is not ended.
 */
public final class Server {
  private static final int SWITCHING_PROTOCOLS = 101;
  private static final int SERVER_ERROR = 500;

  private final String name;

  private Server(String name) {
    this.name = name;
  }

  /** The hooks of one library file. */
  public static Server named(String library) {
    return new Server(library);
  }

  /**
   * The method begins a request, and its thread works for it while it runs. Called again for an
   * open request it only joins that one, as for a second dispatch.
   *
   * @param key the object the request is known by, which lives until it ends
   * @param method kind of entry; nothing begins where this is absent
   * @param path of the URL; what follows the path is cut off
   * @param traceparent W3C trace context, null when it cannot be read here
   */
  public RequestBegin begins(At key, At method, At path, At traceparent) {
    return new RequestBegin(name, key, method, path, traceparent);
  }

  /** The thread works for the request while the method runs; without one it stays as it is. */
  public Hook joins(At key) {
    return new JoinHook() {
      @Override
      protected int join(Object self, Object[] args) {
        Trace trace = Inbound.of(key.read(self, args, null));
        return trace == null ? -1 : Recorder.join(trace);
      }
    };
  }

  /** The thread works for nobody while the method runs, but for requests that begin in it. */
  public Hook serves() {
    return new JoinHook() {
      @Override
      protected int join(Object self, Object[] args) {
        return Recorder.join(null);
      }
    };
  }

  /** An object that a constructor makes, or that a method returns, stands for the request too. */
  public Hook binds(At key, At another) {
    return new ReturnHook() {
      @Override
      protected void returned(Object self, Object[] args, Object result) {
        Inbound.bind(another.read(self, args, result), Inbound.of(key.read(self, args, result)));
      }
    };
  }

  /** The same for whatever request the thread works for. */
  public Hook binds(At another) {
    return new ReturnHook() {
      @Override
      protected void returned(Object self, Object[] args, Object result) {
        Inbound.bind(another.read(self, args, result), Scope.current().request());
      }
    };
  }

  /**
   * Bytes of the response's body are about to leave. The request failed when the method throws.
   *
   * @param bytes a buffer, an array of bytes, a number, or several; anything else are no bytes
   */
  public Hook bodies(At key, At bytes) {
    return new Hook() {
      @Override
      public Object before(int site, Object self, Object[] args) {
        if (amount(bytes.read(self, args, null)) > 0) {
          body(Inbound.of(key.read(self, args, null)));
        }
        return null;
      }

      @Override
      public Object after(
          int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
        if (thrown != null) {
          failed(Inbound.of(key.read(self, args, null)), thrown);
        }
        return result;
      }
    };
  }

  /** The status is decided; see {@link #status}. */
  public Hook statuses(At key, At status) {
    return new EntryHook() {
      @Override
      protected void entered(Object self, Object[] args) {
        if (status.read(self, args, null) instanceof Number n) {
          status(Inbound.of(key.read(self, args, null)), n.intValue());
        }
      }
    };
  }

  /** The W3C trace context, where it can be read only after the request began. */
  public Hook traceparents(At key, At traceparent) {
    return new ReturnHook() {
      @Override
      protected void returned(Object self, Object[] args, Object result) {
        Trace trace = Inbound.of(key.read(self, args, result));
        Object value = trace == null ? null : traceparent.read(self, args, result);
        if (value != null && trace.traceparent == null) {
          trace.traceparent = value.toString();
        }
      }
    };
  }

  /** The response cannot be completed, or its handler threw; an argument may be what it threw. */
  public Hook fails(At key) {
    return new EntryHook() {
      @Override
      protected void entered(Object self, Object[] args) {
        Object problem = null;
        for (Object arg : args) {
          problem = problem == null && arg instanceof Throwable ? arg : problem;
        }
        failed(Inbound.of(key.read(self, args, null)), problem);
      }
    };
  }

  /** The response is complete: told at the entry of the method. */
  public Hook ends(At key) {
    return new EntryHook() {
      @Override
      protected void entered(Object self, Object[] args) {
        Inbound.end(name, key.read(self, args, null));
      }
    };
  }

  /**
   * The same; the request failed if a value is there.
   *
   * @param problem an exception, null when all went well
   */
  public Hook ends(At key, At problem) {
    return new EntryHook() {
      @Override
      protected void entered(Object self, Object[] args) {
        Object object = key.read(self, args, null);
        Object known = problem.read(self, args, null);
        if (known != null) {
          failed(Inbound.of(object), known);
        }
        Inbound.end(name, object);
      }
    };
  }

  /** The method is all there is to the request: it ends with that, and failed when that threw. */
  public Hook returns(At key) {
    return new Hook() {
      @Override
      public Object after(
          int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
        Object object = key.read(self, args, result);
        if (thrown != null) {
          failed(Inbound.of(object), thrown);
        }
        Inbound.end(name, object);
        return result;
      }
    };
  }

  /** Nothing more will come: a request that is still open failed, and ends. */
  public Hook breaks(At key) {
    return ends(key, key);
  }

  /** The framework has found who answers this thread's request: the template is its route. */
  public static Hook routes(At template) {
    return new ReturnHook() {
      @Override
      protected void returned(Object self, Object[] args, Object result) {
        Trace trace = Scope.current().request();
        if (trace != null
            && !trace.templated
            && template.read(self, args, result) instanceof CharSequence route) {
          trace.route = route.toString();
          trace.templated = true;
        }
      }
    };
  }

  /** The server accepts requests once the method has returned. */
  public static Probe ready(String signal, String type, String method) {
    return Probe.read(
        type,
        method,
        new ReturnHook() {
          @Override
          protected void returned(Object self, Object[] args, Object result) {
            if (!Inbound.isOwnServer()) {
              Recorder.ready(signal);
            }
          }
        });
  }

  /** Bytes of the body leave; null for no request. */
  public static void body(Trace trace) {
    if (trace != null && !trace.isClosed()) {
      trace.body(System.nanoTime());
    }
  }

  /**
   * The request failed when its status tells of an error of the server. One that only changes the
   * protocol is named so: what was asked for comes again, or as messages, in the other protocol.
   */
  public static void status(Trace trace, int status) {
    if (status >= SERVER_ERROR) {
      failed(trace, status);
    } else if (status == SWITCHING_PROTOCOLS && trace != null) {
      trace.method = "upgrade";
    }
  }

  /** The request failed, unless it has ended; null for no request. */
  public static void failed(Trace trace) {
    failed(trace, null);
  }

  private static void failed(Trace trace, Object problem) {
    if (trace != null) {
      Inbound.fail(trace, problem);
    }
  }

  private static long amount(Object bytes) {
    if (bytes instanceof ByteBuffer buffer) {
      return buffer.remaining();
    }
    if (bytes instanceof byte[] array) {
      return array.length;
    }
    if (bytes instanceof Object[] several) {
      long sum = 0;
      for (Object one : several) {
        sum += amount(one);
      }
      return sum;
    }
    return bytes instanceof Number n ? n.longValue() : 0;
  }
}

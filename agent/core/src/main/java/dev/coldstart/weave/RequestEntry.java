package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Scope;
import dev.coldstart.bootstrap.Trace;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * A method that a user declared to handle a request, for services that nothing else brings requests
 * to: consumers of queues, jobs, servers that are not known. Inside another request it is a call
 * like any other. Where it returns a future, the request ends with that.
 */
final class RequestEntry extends Hook {
  private final String route;

  RequestEntry(String route) {
    this.route = route;
  }

  @Override
  public Object before(int site, Object self, Object[] args) {
    if (Scope.current().request() != null) {
      return null;
    }
    Trace trace = Recorder.begin("call", route, null);
    if (trace == null) {
      return null;
    }
    trace.declared = true;
    return new Begun(trace, Recorder.join(trace));
  }

  @Override
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    if (state instanceof Begun begun) {
      Recorder.detach(begun.token);
      if (result instanceof CompletableFuture<?> future) {
        var unused = future.whenComplete(begun);
      } else {
        begun.accept(result, thrown);
      }
    }
    return result;
  }

  private static final class Begun implements BiConsumer<Object, Throwable> {
    private final Trace trace;
    private final int token;

    Begun(Trace trace, int token) {
      this.trace = trace;
      this.token = token;
    }

    /** The request is over. */
    @Override
    public void accept(Object result, Throwable thrown) {
      if (thrown != null) {
        trace.failed = true;
      }
      Recorder.end(trace);
    }
  }
}

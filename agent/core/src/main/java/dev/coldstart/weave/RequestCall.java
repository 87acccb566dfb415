package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import dev.coldstart.bootstrap.Recorder;
import dev.coldstart.bootstrap.Trace;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/**
 * A call that is a request. It ends when the call returns or throws; where it left work behind, a
 * future that it returned, say, with that.
 */
public abstract class RequestCall extends Hook {
  /** The request that begins with this call, null for none. */
  protected abstract Trace begin(Object self, Object[] args);

  @Override
  public final Object before(int site, Object self, Object[] args) {
    Trace trace = begin(self, args);
    return trace == null ? null : begun(trace);
  }

  /** What the call is to remember. */
  Call begun(Trace trace) {
    return new Call(trace);
  }

  @Override
  public final Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    if (state instanceof Call call) {
      Recorder.detach(call.token);
      if (result instanceof CompletableFuture<?> future) {
        call.leave(future);
      }
      call.returned(thrown);
    }
    return result;
  }

  /** One such call. */
  static class Call implements BiConsumer<Object, Throwable> {
    private final Trace trace;
    private final int token;
    private volatile boolean workLeft;

    Call(Trace trace) {
      this.trace = trace;
      token = Recorder.join(trace);
      OtelAgent.HERE.join(trace);
    }

    /** It is over when this future is. */
    final void leave(CompletableFuture<?> future) {
      workLeft = true;
      var unused = future.whenComplete(this);
    }

    /** It is over when {@link #accept} is called. */
    final void leaveWork() {
      workLeft = true;
    }

    private void returned(Throwable thrown) {
      if (thrown != null || !workLeft) {
        accept(null, thrown);
      }
    }

    /** The request is over. */
    @Override
    public void accept(Object result, Throwable thrown) {
      if (thrown != null) {
        Inbound.fail(trace, thrown);
      }
      Recorder.end(trace);
    }
  }
}

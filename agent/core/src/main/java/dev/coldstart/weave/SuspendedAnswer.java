package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;

/** Around a function of Kotlin that suspends until a model's whole answer is there. */
final class SuspendedAnswer extends Hook {
  private final ModelClient client;

  SuspendedAnswer(ModelClient client) {
    this.client = client;
  }

  @Override
  public Object before(int site, Object self, Object[] args) {
    Running running = new Running(client.enter(self, args, false));
    running.outer = Suspended.called(args, running);
    return running;
  }

  @Override
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    Running running = (Running) state;
    running.call.leave();
    if (Suspended.returned(args, running.outer, result)) {
      running.resumed();
    }
    return result;
  }

  private static final class Running implements Suspended.Call {
    private final ModelCall call;
    private Suspended.Call outer;

    Running(ModelCall call) {
      this.call = call;
    }

    /** Without an answer, which would have been read before, it has failed. */
    @Override
    public void resumed() {
      call.end(call.awaitsContent() && call.firstToolCallNanos() == 0);
    }
  }
}

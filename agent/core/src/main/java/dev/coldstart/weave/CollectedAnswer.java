package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;
import java.util.concurrent.CancellationException;

/** Around the coroutine that one collection of a Flow of a model's chunks is. */
final class CollectedAnswer extends Hook {
  private final ModelClient client;

  CollectedAnswer(ModelClient client) {
    this.client = client;
  }

  @Override
  public Object before(int site, Object self, Object[] args) {
    ModelCall call = ModelCall.of(self);
    if (call != null) {
      return null;
    }
    call = client.enter(self, args, true);
    call.bind(self);
    return call;
  }

  @Override
  public Object after(
      int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
    if (state instanceof ModelCall begun) {
      begun.leave();
    }
    ModelCall call = ModelCall.of(self);
    if (call != null && !Suspended.isMarker(result)) {
      // One that needs no more, the first chunk only, say, cancels.
      call.end(thrown != null && !(thrown instanceof CancellationException));
    }
    return result;
  }
}

package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;

/** The method sends the request of the model call that its thread is inside of, if any. */
public final class HandOver extends Hook {
  @Override
  public Object before(int site, Object self, Object[] args) {
    ModelCall call = ModelCall.current();
    if (call != null) {
      call.handedOver();
    }
    return null;
  }
}

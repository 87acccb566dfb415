package dev.coldstart.weave;

/** The method sends the request of the model call that its thread is inside of, if any. */
public final class HandOver extends EntryHook {
  @Override
  protected void entered(Object self, Object[] args) {
    ModelCall call = ModelCall.current();
    if (call != null) {
      call.sent();
    }
  }
}

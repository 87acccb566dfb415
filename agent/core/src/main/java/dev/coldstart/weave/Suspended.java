package dev.coldstart.weave;

/**
 * Calls of Kotlin functions that suspend: such a function returns a marker, and its caller, a
 * continuation that is the last argument, is resumed once it is done. Kotlin tells of each
 * continuation that it resumes, for debuggers: that is where such a call ends here.
 */
public final class Suspended {
  private static final String MARKER = "COROUTINE_SUSPENDED";
  private static final WeakIdentityMap<Call> WAITING = new WeakIdentityMap<>();

  /** What ends when a function is done. */
  interface Call {
    /** The function is done. What it gave, or threw, is not known. */
    void resumed();
  }

  private record Both(Call outer, Call inner) implements Call {
    @Override
    public void resumed() {
      inner.resumed();
      outer.resumed();
    }
  }

  /**
   * For {@code kotlin.coroutines.jvm.internal.DebugProbesKt.probeCoroutineResumed}: its argument
   * goes on.
   */
  public static final class Resumed extends EntryHook {
    @Override
    protected void entered(Object self, Object[] args) {
      Call call = WAITING.remove(args[0]);
      if (call != null) {
        call.resumed();
      }
    }
  }

  private Suspended() {}

  /**
   * The function is called. It may be done on another thread before it has returned its marker.
   *
   * @param args its arguments
   * @return what waited for the same continuation, for {@link #returned}
   */
  static Call called(Object[] args, Call call) {
    Object continuation = args[args.length - 1];
    // A function that ends with a call of another hands its own continuation on.
    Call outer = WAITING.get(continuation);
    WAITING.put(continuation, outer == null ? call : new Both(outer, call));
    return outer;
  }

  /**
   * The function returned.
   *
   * @return whether it is done; else the call is told
   */
  static boolean returned(Object[] args, Call outer, Object result) {
    if (result instanceof Enum<?> marker && marker.name().equals(MARKER)) {
      return false;
    }
    Object continuation = args[args.length - 1];
    if (outer == null) {
      WAITING.remove(continuation);
    } else {
      WAITING.put(continuation, outer);
    }
    return true;
  }
}

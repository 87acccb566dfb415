package dev.coldstart.weave;

import dev.coldstart.bootstrap.Hook;

/**
 * Calls of Kotlin functions that suspend: such a function returns a marker, and its caller, a
 * continuation that is the last argument, is resumed once it is done. What goes on in the meantime
 * is the function's own frame, a class the compiler makes ({@code Type$function$1}): when that has
 * run and returns anything but the marker, the call has ended.
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

  /** Around {@code invokeSuspend} of a function's frame. */
  public static final class Resumed extends Hook {
    @Override
    public Object after(
        int site, Object state, Object self, Object[] args, Object result, Throwable thrown) {
      if (!isMarker(result)) {
        Call call = WAITING.remove(Read.list(self, "getCompletion"));
        if (call != null) {
          call.resumed();
        }
      }
      return result;
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
    if (isMarker(result)) {
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

  /** Whether a function gave this because it has suspended. */
  static boolean isMarker(Object result) {
    return result instanceof Enum<?> marker && marker.name().equals(MARKER);
  }
}

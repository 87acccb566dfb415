package dev.coldstart.weave;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/** A bounded name for what went wrong: never its message, which may hold anything. */
public final class ErrorType {
  private static final int MAX = 200;

  private ErrorType() {}

  /**
   * The name of an exception's class, or the status of an HTTP response in digits.
   *
   * @param problem null when unknown
   * @return null when it is neither
   */
  public static String of(Object problem) {
    if (problem instanceof Integer status) {
      return status.toString();
    }
    return problem instanceof Throwable thrown ? nameOf(thrown) : null;
  }

  private static String nameOf(Throwable thrown) {
    Class<?> type = thrown.getClass();
    // Just these two: a getCause of the application's own may do anything.
    if ((type == CompletionException.class || type == ExecutionException.class)
        && thrown.getCause() != null) {
      type = thrown.getCause().getClass();
    }
    String name = type.getName();
    return name.length() <= MAX ? name : name.substring(0, MAX);
  }
}

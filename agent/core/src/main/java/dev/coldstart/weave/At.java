package dev.coldstart.weave;

/**
 * Where a hook finds a value: the method's receiver, an argument, the result or its thread.
 * Immutable.
 */
public final class At {
  private static final int SELF = -1;
  private static final int RESULT = -2;
  private static final int LAST = -3;
  private static final int CONSTANT = -4;
  private static final int THREAD = -5;

  private final int place;
  private final Object constant;
  private final String[] path;

  private At(int place, Object constant, String... path) {
    this.place = place;
    this.constant = constant;
    this.path = path;
  }

  /** Nowhere: always the same value. */
  public static At constant(Object value) {
    return new At(CONSTANT, value);
  }

  /** The receiver, or what a path of methods leads to from there; see {@link Read#path}. */
  public static At self(String... path) {
    return new At(SELF, null, path);
  }

  /** The same for an argument, counted from 0. */
  public static At argument(int index, String... path) {
    return new At(index, null, path);
  }

  /** The same for the last argument. */
  public static At lastArgument(String... path) {
    return new At(LAST, null, path);
  }

  /** The same for the result; null at the method's entry. */
  public static At result(String... path) {
    return new At(RESULT, null, path);
  }

  /** The thread that calls the method. */
  public static At thread() {
    return new At(THREAD, null);
  }

  /** Null when a step of the path is null or absent. */
  public Object read(Object self, Object[] args, Object result) {
    Object start =
        switch (place) {
          case SELF -> self;
          case RESULT -> result;
          case LAST -> args[args.length - 1];
          case CONSTANT -> constant;
          case THREAD -> Thread.currentThread();
          default -> args[place];
        };
    return path.length == 0 ? start : Read.path(start, path);
  }
}

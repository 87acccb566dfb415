package shape;

/** Patterns of records and types in switches; a virtual thread. */
public final class Java21 {
  sealed interface Expression {}

  record Number(int value) implements Expression {}

  record Sum(Expression left, Expression right) implements Expression {}

  static int probed(Expression expression) {
    return switch (expression) {
      case Number(int value) when value < 0 -> throw new IllegalStateException("negative");
      case Number(int value) -> value;
      case Sum(Number(var left), Number(var right)) -> left + right;
      case Sum(var left, var right) -> probed(left) + probed(right);
    };
  }

  public static String run() throws Exception {
    int[] sum = new int[1];
    Expression three = new Sum(new Number(1), new Number(2));
    Thread thread = Thread.ofVirtual().start(() -> sum[0] = probed(new Sum(three, three)));
    thread.join();
    return sum[0]
        + Shapes.attempt(() -> probed(new Number(-1)))
        + Shapes.attempt(() -> probed(null));
  }
}

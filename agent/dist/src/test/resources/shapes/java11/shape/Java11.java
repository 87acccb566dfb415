package shape;

import java.util.List;

/** Nest mates, concatenation by invokedynamic, private methods of interfaces, types inferred. */
public final class Java11 {
  private int secret = 3;

  interface Counts {
    private int probed(int n) {
      return n * 2;
    }

    default int twice(int n) {
      return probed(n);
    }
  }

  private static final class Mate {
    private String probed(Java11 other) {
      other.secret++;
      return "secret " + other.secret + other.probed('c', 1L);
    }
  }

  private String probed(char c, long n) {
    return c + "=" + n + ", ";
  }

  public static String run() {
    var mate = new Mate();
    var one = new Java11();
    var text = new StringBuilder(mate.probed(one)).append(mate.probed(one));
    for (var n : List.of(1, 2)) {
      text.append(new Counts() {}.twice(n)).append(Shapes.attempt(() -> one.probed('d', n).wait()));
    }
    return text.toString();
  }
}

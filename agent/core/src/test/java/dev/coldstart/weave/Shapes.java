package dev.coldstart.weave;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Methods of many shapes; {@link #run} calls each and tells what they gave. Compiled code of this
 * class is woven in every way there is and must then give the same.
 */
@SuppressWarnings({
  "UnusedMethod",
  "UnnecessaryStringBuilder",
  "StatementSwitchToExpressionSwitch",
  "RedundantControlFlow",
  "OperatorPrecedence"
})
public class Shapes {
  /** What a constructor is given or makes up. */
  public static class Base {
    final Object given;

    Base(Object given) {
      if (given == null) {
        throw new IllegalArgumentException("super refused");
      }
      this.given = given;
    }
  }

  /** Constructors with branches and news before super(..). */
  public static class Derived extends Base {
    final long sum;

    Derived(boolean b, long a, double d) {
      super(b ? new StringBuilder().append(new ArrayList<>(List.of(a))) : nothing(a));
      long s = 0;
      for (int i = 0; i < 3; i++) {
        s += a;
      }
      sum = s + (long) d;
    }

    Derived(int n) {
      this(n > 0, n, n / 2.0);
      if (n == 13) {
        throw new IllegalStateException("own body refused");
      }
    }

    Derived() {
      super(
          new Object[] {
            new int[] {1},
            new Supplier<Object>() {
              @Override
              public Object get() {
                return "captured";
              }
            }
          });
      sum = -1;
    }

    private static Object nothing(long a) {
      return a == 0 ? null : Long.valueOf(a);
    }
  }

  /** Everything, as text. */
  public static String run() {
    Shapes s = new Shapes();
    StringBuilder out = new StringBuilder();
    out.append(s.wide(1, 2L, 3.5, 4f, (byte) 5, (short) 6, 'c', true, "t", new long[] {7, 8}));
    out.append(staticWide(9L, 1.25, new String[] {"a", "b"})).append(' ');
    for (int i = -2; i < 6; i++) {
      out.append(s.tableSwitch(i)).append(s.lookupSwitch(i * 100));
      out.append(s.textSwitch("k" + i)).append(s.nested(i)).append(s.loopFirst(i)).append(' ');
      out.append(attempt(i)).append(derived(i)).append(' ');
    }
    s.nothing();
    out.append(s.manyLocals(3)).append(s.synchronizedOne(2)).append(s.bool(4)).append(s.floats(2f));
    out.append(s.arrays(new int[][] {{1}, {2, 3}}).length).append(s.lambda(5).get());
    out.append(s.recursive(6)).append(s.reassigned(3, "x")).append(new Derived().sum);
    return out.toString();
  }

  private static String attempt(int i) {
    try {
      return new Shapes().thrower(i);
    } catch (Exception e) {
      return e.getClass().getSimpleName() + e.getMessage();
    }
  }

  private static String derived(int i) {
    try {
      Derived d = i % 2 == 0 ? new Derived(i) : new Derived(i * 13);
      return d.given + ":" + d.sum;
    } catch (RuntimeException e) {
      return e.getMessage();
    }
  }

  String wide(
      int i, long l, double d, float f, byte b, short s, char c, boolean z, String t, long[] a) {
    long sum = i + l + (long) d + (long) f + b + s + c + (z ? 1 : 0) + a.length;
    double other = d * l;
    return sum + t + other;
  }

  static double staticWide(long l, double d, String[] names) {
    double sum = l + d;
    for (String name : names) {
      sum += name.length();
    }
    return sum;
  }

  int tableSwitch(int i) {
    switch (i) {
      case 0:
        return 10;
      case 1:
      case 2:
        return 11;
      case 3:
        break;
      default:
        return -1;
    }
    return 12;
  }

  int lookupSwitch(int i) {
    return switch (i) {
      case -100 -> 1;
      case 0 -> 2;
      case 400 -> 3;
      default -> 4;
    };
  }

  String textSwitch(String text) {
    return switch (text) {
      case "k0" -> "zero";
      case "k1" -> "one";
      default -> "more";
    };
  }

  String nested(int i) {
    String result = "";
    try {
      result += "a";
      try {
        if (i == 1) {
          throw new IllegalStateException("one");
        }
        if (i == 2) {
          return result + "early";
        }
        result += 10 / i;
      } catch (ArithmeticException e) {
        result += "div";
      } finally {
        result += "f";
        if (i == 3) {
          result += "3";
        }
      }
    } catch (IllegalStateException e) {
      result += e.getMessage();
    } finally {
      result += "F";
    }
    return result;
  }

  int loopFirst(int i) {
    do {
      i++;
      if (i == 4) {
        continue;
      }
    } while (i < 7);
    return i;
  }

  String thrower(int i) throws Exception {
    if (i < 0) {
      throw new Exception("negative");
    }
    long guard = 7;
    if (i == 5) {
      throw new Error2("five" + guard);
    }
    return "fine" + i;
  }

  /** An exception of our own. */
  static class Error2 extends Exception {
    private static final long serialVersionUID = 1L;

    Error2(String message) {
      super(message);
    }
  }

  void nothing() {}

  long manyLocals(int n) {
    long a = n;
    double b = a * 2;
    long c = a + 1;
    float d = c;
    int e = (int) d;
    for (int i = 0; i < n; i++) {
      long f = a + i;
      if (f % 2 == 0) {
        double g = b + f;
        c += (long) g;
      } else {
        String h = "x" + f;
        e += h.length();
      }
    }
    Object o = c > 3 ? List.of(a) : "text";
    return a + (long) b + c + (long) d + e + o.toString().length();
  }

  synchronized int synchronizedOne(int i) {
    synchronized (Shapes.class) {
      return i > 1 ? i : -i;
    }
  }

  boolean bool(int i) {
    return i > 3 && i < 100 || i == -1;
  }

  float floats(float f) {
    return f == 0 ? 1 : f / 3;
  }

  int[][] arrays(int[][] in) {
    return in.length > 1 ? in : null;
  }

  Supplier<String> lambda(int i) {
    return () -> "lambda" + i;
  }

  int recursive(int n) {
    return n < 2 ? n : recursive(n - 1) + recursive(n - 2);
  }

  String reassigned(int n, String text) {
    while (n-- > 0) {
      text = text + n;
    }
    return text;
  }
}

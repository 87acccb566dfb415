package shape;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What a compiler for Java 8 makes; the methods called "probed" and all constructors are woven. */
public final class Java8 {
  interface Named {
    default String probed(String name) {
      return "default " + name;
    }

    static String probedStatic(int n) {
      return "static " + n;
    }
  }

  static class Base implements Named, Comparable<Base> {
    final String text;

    Base(String text) {
      if (text == null) {
        throw new IllegalArgumentException("no text");
      }
      this.text = text;
    }

    @Override
    public int compareTo(Base other) {
      return text.compareTo(other.text);
    }

    @Override
    public String probed(String name) {
      return Named.super.probed(name) + " of " + text;
    }
  }

  static final class ThrowsBeforeSuper extends Base {
    ThrowsBeforeSuper(String text) {
      super(checked(text));
    }

    static String checked(String text) {
      if (text.isEmpty()) {
        throw new IllegalStateException("refused before super");
      }
      return text;
    }
  }

  static final class ThrowsInSuper extends Base {
    private final long wide;

    ThrowsInSuper(long wide, String text) {
      super(text);
      this.wide = wide;
    }
  }

  final class Inner {
    final int number;

    Inner(int number) {
      this.number = number + length;
    }
  }

  enum Mode {
    ON {
      @Override
      String probed() {
        return "on";
      }
    },
    OFF {
      @Override
      String probed() {
        return "off";
      }
    };

    abstract String probed();
  }

  private final int length;

  Java8(int length) {
    this.length = length;
  }

  synchronized long probed(long a, double b, int[]... rest) {
    long sum = a + (long) b;
    for (int[] some : rest) {
      for (int each : some) {
        sum += each;
      }
    }
    return sum;
  }

  String probed(String name, int times) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < times; i++) {
      try {
        switch (name) {
          case "break":
            break;
          case "throw":
            throw new IllegalStateException("thrown in " + i);
          default:
            out.append(name).append(i);
        }
      } catch (IllegalStateException e) {
        out.append(e.getMessage());
        if (i == 2) {
          return out.append(" early").toString();
        }
      } finally {
        out.append(';');
      }
    }
    return out.toString();
  }

  /** Ends in a StackOverflowError. */
  static int probedWithoutEnd(int n) {
    return probedWithoutEnd(n + 1) + 1;
  }

  static void probedThrowing(int depth) throws java.io.IOException {
    if (depth == 0) {
      throw new java.io.IOException("from below", new Error("its cause"));
    }
    probedThrowing(depth - 1);
  }

  public static String run() throws Exception {
    List<String> out = new ArrayList<>();
    Java8 one = new Java8(4);
    out.add("" + one.probed(1, 2.5, new int[] {3, 4}, new int[] {5}));
    out.add(one.probed("x", 3) + one.probed("throw", 5) + one.probed("break", 1));
    out.add(new Base("b").probed("n") + Named.probedStatic(3) + new Named() {}.probed("anonymous"));
    out.add("" + new Base("a").compareTo(new Base("b")) + one.new Inner(3).number);
    for (Mode mode : Mode.values()) {
      out.add(mode.probed());
    }
    Supplier<Base> made = () -> new ThrowsBeforeSuper("lambda");
    out.add(made.get().text + new ThrowsInSuper(7, "w").wide);
    out.add(Shapes.attempt(() -> new ThrowsBeforeSuper("")));
    out.add(Shapes.attempt(() -> new ThrowsInSuper(1, null)));
    out.add(Shapes.attempt(() -> probedThrowing(3)));
    out.add(Shapes.attempt(() -> probedWithoutEnd(0)));
    out.add(one.probed("after", 1));
    return String.join("\n", out);
  }
}

package shape;

/** Constructors with statements before super(..), which may throw and set fields. */
public final class Java25 {
  static class Base {
    Base() {
      probed();
    }

    void probed() {}
  }

  static final class Early extends Base {
    private final int size;
    private String seen;

    Early(int size) {
      if (size < 0) {
        throw new IllegalArgumentException("too small: " + size);
      }
      int doubled = size;
      for (int i = 0; i < 2; i++) {
        doubled += i;
      }
      this.size = doubled;
      super();
      seen = seen + "!";
    }

    @Override
    void probed() {
      seen = "size " + size;
    }
  }

  public static String run() {
    return new Early(3).seen + Shapes.attempt(() -> new Early(-1));
  }
}

package shape;

import java.util.List;

/** Records, sealed types, patterns, switches that give values, text blocks. */
public final class Java17 {
  sealed interface Shape permits Circle, Square {}

  record Circle(double radius) implements Shape {
    Circle {
      if (radius < 0) {
        throw new IllegalArgumentException("negative");
      }
    }

    double probed() {
      return radius * 3;
    }
  }

  record Square(int side, List<String> names) implements Shape {
    Square(int side) {
      this(side, List.of("a", "b"));
    }
  }

  static String probed(Object shape) {
    if (shape instanceof Circle circle && circle.radius > 1) {
      return "circle " + circle.probed();
    }
    return shape instanceof Square s
        ? switch (s.names.size()) {
          case 2 -> {
            String text = "two";
            yield text + s;
          }
          default -> throw new IllegalStateException("names " + s.names);
        }
        : """
          neither
            %s"""
            .formatted(shape);
  }

  public static String run() {
    return probed(new Circle(2))
        + probed(new Circle(0.5))
        + probed(new Square(3))
        + new Square(1).equals(new Square(1, List.of("a", "b")))
        + Shapes.attempt(() -> probed(new Square(1, List.of())))
        + Shapes.attempt(() -> new Circle(-1));
  }
}

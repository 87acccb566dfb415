package shape;

import java.io.InputStream;
import java.lang.invoke.MethodHandles;

/** Defines a copy of a class as a hidden one. Agents are not shown those. */
public final class Hides {
  static final class Original {
    static String probed(String name) {
      return "hidden " + name;
    }
  }

  public static String run() throws Exception {
    try (InputStream in = Original.class.getResourceAsStream("Hides$Original.class")) {
      Class<?> hidden =
          MethodHandles.lookup().defineHiddenClass(in.readAllBytes(), true).lookupClass();
      return Original.probed("not")
          + hidden.isHidden()
          + hidden.getDeclaredMethod("probed", String.class).invoke(null, "yes");
    }
  }
}

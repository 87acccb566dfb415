package dev.coldstart.it.app;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * Runs classes and prints what they return. Each argument is {@code path|class}, for which there is
 * a new class loader, or {@code |class} for one of this loader.
 */
public final class ShapesApp {
  public static void main(String[] args) throws Exception {
    for (String arg : args) {
      int bar = arg.indexOf('|');
      String name = arg.substring(bar + 1);
      Work.say("== " + name);
      try {
        Class<?> type = Class.forName(name, true, loader(arg.substring(0, bar)));
        Work.say(type.getMethod("run").invoke(null).toString());
        Object[] signers = type.getSigners();
        Work.say("signed by " + (signers == null ? 0 : signers.length));
      } catch (java.lang.reflect.InvocationTargetException e) {
        Work.say("threw " + e.getCause());
      } catch (ReflectiveOperationException | LinkageError | SecurityException e) {
        // The JVM's own words name the versions of class files it knows.
        Work.say("refused: " + e);
      }
    }
  }

  private static ClassLoader loader(String path) throws Exception {
    ClassLoader own = ShapesApp.class.getClassLoader();
    return path.isEmpty()
        ? own
        : new URLClassLoader(new URL[] {new File(path).toURI().toURL()}, own);
  }

  private ShapesApp() {}
}

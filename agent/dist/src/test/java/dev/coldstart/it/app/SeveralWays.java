package dev.coldstart.it.app;

import java.util.Arrays;

/**
 * Several apps in one, or one with several arguments: each argument is a path, an app's class and
 * its arguments, separated by blanks, and each app has its scenes below its path.
 */
public final class SeveralWays implements Scenes.App {
  private static final int FIRST = 2;

  @Override
  public void prepare(Scenes scenes, String[] args) throws Exception {
    for (String arg : args) {
      String[] way = arg.split(" ", -1);
      Scenes.App app =
          Class.forName(way[1]).asSubclass(Scenes.App.class).getConstructor().newInstance();
      app.prepare(scenes.below(way[0]), Arrays.copyOfRange(way, FIRST, way.length));
    }
  }
}

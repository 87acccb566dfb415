package dev.coldstart.it.library;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the sources of an app. */
final class AppSources {
  private AppSources() {}

  /**
   * Its own file and those beside it that these name. A set "mcp2" has the files of "mcp" too, but
   * for those it has itself; "stores" has what the apps of several stores name.
   *
   * @param apps has a folder per set
   */
  static List<Path> of(Path apps, String set, String app) throws IOException {
    Path own = apps.resolve(set);
    Map<String, Path> others = javaFiles(own);
    javaFiles(own.resolveSibling(set.substring(0, set.length() - 1))).forEach(others::putIfAbsent);
    javaFiles(apps.resolve("stores")).forEach(others::putIfAbsent);
    List<Path> needed = new ArrayList<>(List.of(others.remove(app)));
    for (int i = 0; i < needed.size(); i++) {
      String text = Files.readString(needed.get(i));
      for (String name : List.copyOf(others.keySet())) {
        if (Pattern.compile("\\b" + name + "\\b").matcher(text).find()) {
          needed.add(others.remove(name));
        }
      }
    }
    return needed;
  }

  /** By the names of their classes; none when there is no such folder. */
  private static Map<String, Path> javaFiles(Path folder) throws IOException {
    Map<String, Path> found = new LinkedHashMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files.sorted().forEach(f -> found.put(f.getFileName().toString().replace(".java", ""), f));
      }
    }
    return found;
  }
}

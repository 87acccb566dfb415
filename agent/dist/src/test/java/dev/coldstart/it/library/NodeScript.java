package dev.coldstart.it.library;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.stream.Stream;

/** Scripts that install something from npm and run it; without node and npm a test is skipped. */
final class NodeScript {
  private NodeScript() {}

  /** A script of the project's folder of them. */
  static String path(String name) {
    for (String tool : new String[] {"node", "npm"}) {
      assumeTrue(inPath(tool), () -> tool + " is missing: install node 20 or later with npm");
    }
    return Path.of(System.getProperty("coldstart.it-libs"))
        .resolve("../../../scripts")
        .resolve(name)
        .normalize()
        .toString();
  }

  private static boolean inPath(String tool) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(dir -> Path.of(dir, tool).toFile().canExecute());
  }
}

package dev.coldstart.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * The JDKs of this machine the agent supports, one for each version, oldest first. The system
 * property {@code coldstart.jdks=17,25} keeps only some.
 */
public final class Jdks {
  private static final int OLDEST = 17;
  private static final List<Jdk> ALL = find();

  /** Every JDK found; at least the one that runs the tests. */
  public static List<Jdk> all() {
    return ALL;
  }

  /** The oldest, for what does not depend on the JDK. */
  public static Jdk any() {
    return ALL.get(0);
  }

  /** The oldest that libraries for Java 21 run on, in a list; an empty list when there is none. */
  public static List<Jdk> forJava21() {
    return ALL.stream().filter(jdk -> jdk.feature() >= 21).limit(1).toList();
  }

  private static List<Jdk> find() {
    List<Path> homes = new ArrayList<>();
    Path installed = Path.of("/usr/lib/jvm");
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(installed)) {
      entries.forEach(homes::add);
    } catch (IOException e) {
      // Another system keeps its JDKs elsewhere.
    }
    String javaHome = System.getenv("JAVA_HOME");
    if (javaHome != null) {
      homes.add(Path.of(javaHome));
    }
    homes.add(Path.of(System.getProperty("java.home")));
    String only = System.getProperty("coldstart.jdks", "");
    Set<String> wanted = Set.of(only.isEmpty() ? new String[0] : only.split(",", -1));
    Map<Integer, Jdk> byFeature = new TreeMap<>();
    for (Path home : homes) {
      String version = version(home);
      if (version != null) {
        Jdk jdk = new Jdk(home, version);
        if (jdk.feature() >= OLDEST
            && (wanted.isEmpty() || wanted.contains(String.valueOf(jdk.feature())))) {
          byFeature.putIfAbsent(jdk.feature(), jdk);
        }
      }
    }
    if (byFeature.isEmpty()) {
      throw new IllegalStateException("no JDK >= 17 found; set JAVA_HOME");
    }
    return List.copyOf(byFeature.values());
  }

  /** Null when the folder holds no JDK. */
  private static String version(Path home) {
    if (!Files.isExecutable(home.resolve("bin/javac"))) {
      return null;
    }
    Properties release = new Properties();
    try (InputStream in = Files.newInputStream(home.resolve("release"))) {
      release.load(in);
    } catch (IOException e) {
      return null;
    }
    return release.getProperty("JAVA_VERSION", "0").replace("\"", "");
  }

  private Jdks() {}
}

package dev.coldstart.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which of the modules the agent can use a Java runtime has: one made by jlink may lack some. */
final class Modules {
  private static final Map<String, String> USED_FOR = new LinkedHashMap<>();

  static {
    USED_FOR.put("java.instrument", "the agent cannot start");
    USED_FOR.put("java.management", "no report can be written");
    USED_FOR.put("java.net.http", "no OpenTelemetry export");
    USED_FOR.put("jdk.jfr", "no JFR events");
    USED_FOR.put("jdk.attach", "no attach to a running JVM");
  }

  private final Path java;

  Modules(Path java) {
    this.java = java;
  }

  /** One line for each that is missing; null when the runtime does not tell. */
  List<String> missing() throws IOException {
    Process process = new ProcessBuilder(java.toString(), "--list-modules").start();
    process.getOutputStream().close();
    process.getErrorStream().close();
    Set<String> present =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(line -> line.replaceFirst("@.*", ""))
            .collect(Collectors.toSet());
    if (!present.contains("java.base")) {
      return null;
    }
    List<String> missing = new ArrayList<>();
    USED_FOR.forEach(
        (module, without) -> {
          if (!present.contains(module)) {
            missing.add(module + " is missing: " + without);
          }
        });
    return missing;
  }
}

package dev.coldstart.demo.e2e;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Another agent that people run in the same JVM; none of them sends anything here. */
enum Neighbour {
  OPENTELEMETRY("OpenTelemetry", ""),
  ELASTIC("Elastic APM", ""),
  DATADOG("Datadog", ""),
  JACOCO("JaCoCo", "=output=none");

  private final String title;
  private final String arguments;

  Neighbour(String title, String arguments) {
    this.title = title;
    this.arguments = arguments;
  }

  /** By its name in small letters, as scripts give it. */
  static Neighbour named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** JVM options that start it, the first of them the agent. The build puts its jar there. */
  List<String> options() {
    String name = name().toLowerCase(Locale.ROOT);
    Path jar = DemoRun.ROOT.resolve("demo-app/e2e/target/neighbours/" + name + ".jar");
    Path more = DemoRun.ROOT.resolve("scripts/lib/neighbours/" + name + ".options");
    List<String> options = new ArrayList<>(List.of("-javaagent:" + jar + arguments));
    if (Files.exists(more)) {
      options.add("@" + more);
    }
    return options;
  }

  @Override
  public String toString() {
    return title;
  }
}

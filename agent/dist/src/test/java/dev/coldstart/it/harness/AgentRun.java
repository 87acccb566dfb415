package dev.coldstart.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A JVM to be forked with the packaged agent. Its class path holds the apps of the test classes and
 * what a test adds, never the agent's own modules. Everything it writes stays below one folder.
 */
public final class AgentRun {
  /** The jar as users get it. */
  public static final Path JAR = Path.of(System.getProperty("coldstart.jar"));

  private final Jdk jdk;
  private final Path folder;
  private final List<String> jvm = new ArrayList<>();
  private final List<String> classPath = new ArrayList<>();
  private final List<String> arguments = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private final List<String> under = new ArrayList<>();
  private List<String> agent;
  private Path workDir;

  private AgentRun(Jdk jdk, Path folder) {
    this.jdk = jdk;
    this.folder = folder;
    this.workDir = folder;
    this.agent =
        List.of(
            "-javaagent:%s=dir=%s,cache=%s,otel=off"
                .formatted(JAR, reports(), folder.resolve("cache")));
    classPath.add(jarOf(AgentRun.class).toString());
  }

  /** A fork with the agent, its reports in {@code folder/reports}, verifying every class. */
  public static AgentRun on(Jdk jdk, Path folder) {
    return ofLibrary(jdk, folder).jvm("-Xverify:all");
  }

  /**
   * The same for what only weaves a library: its classes are verified anyway, those of the JDK are
   * in {@link #on}, and the JVM starts from its archive of classes as it does for users.
   */
  public static AgentRun ofLibrary(Jdk jdk, Path folder) {
    return new AgentRun(jdk, folder).jvm("-XX:TieredStopAtLevel=1", "-Xmx256m");
  }

  /** Further agent options, {@code key=value,key=value}; they win over earlier ones. */
  public AgentRun options(String options) {
    String[] jarAndOptions = agent.get(0).split("=", 2);
    agent = List.of(jarAndOptions[0] + "=" + options + "," + jarAndOptions[1]);
    return this;
  }

  /** These options instead of those that start the agent. */
  public AgentRun agent(String... jvmOptions) {
    agent = List.of(jvmOptions);
    return this;
  }

  /** The same JVM without the agent. */
  public AgentRun withoutAgent() {
    return agent();
  }

  /** Further JVM options. */
  public AgentRun jvm(String... options) {
    jvm.addAll(Arrays.asList(options));
    return this;
  }

  /** Only these JVM options. */
  public AgentRun onlyJvm(String... options) {
    jvm.clear();
    return jvm(options);
  }

  /** Jars and folders that go before what the class path has so far. */
  public AgentRun classPath(Path... entries) {
    for (Path entry : entries) {
      classPath.add(0, entry.toString());
    }
    return this;
  }

  /** Only these jars and folders. */
  public AgentRun onlyClassPath(Path... entries) {
    classPath.clear();
    return classPath(entries);
  }

  /** Arguments of the application. */
  public AgentRun args(String... args) {
    arguments.addAll(Arrays.asList(args));
    return this;
  }

  /** An environment variable. */
  public AgentRun env(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** The working directory; normally the folder of the run. */
  public AgentRun workDir(Path dir) {
    workDir = dir;
    return this;
  }

  /** A command that runs the one behind it, {@code taskset -c 0}, say. */
  public AgentRun under(String... command) {
    under.addAll(Arrays.asList(command));
    return this;
  }

  /** Starts a main class. */
  public ForkedApp start(Class<?> main) {
    List<String> command = new ArrayList<>(under);
    command.add(jdk.tool("java"));
    command.addAll(jvm);
    command.addAll(agent);
    command.addAll(List.of("-cp", String.join(java.io.File.pathSeparator, classPath)));
    command.add(main.getName());
    command.addAll(arguments);
    return start(command);
  }

  /** Runs a main class to its end. */
  public ForkedApp.Ended run(Class<?> main) {
    try (ForkedApp app = start(main)) {
      return app.await();
    }
  }

  /** Runs a command of the JDK to its end, with this run's environment only. */
  public ForkedApp.Ended tool(String... command) {
    List<String> all = new ArrayList<>(Arrays.asList(command));
    all.set(0, jdk.tool(command[0]));
    try (ForkedApp app = start(all)) {
      return app.await();
    }
  }

  private ForkedApp start(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(workDir.toFile());
    Stream.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "OTEL_SERVICE_NAME")
        .forEach(builder.environment()::remove);
    builder.environment().putAll(environment);
    try {
      return new ForkedApp(builder.start(), reports());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path reports() {
    return folder.resolve("reports");
  }

  /** Where a test class path entry is that holds this class. */
  public static Path jarOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}

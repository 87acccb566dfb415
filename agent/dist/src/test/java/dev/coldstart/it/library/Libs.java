package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ContextApp;
import dev.coldstart.it.app.Messages;
import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Carried;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.report.RunReport;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Forks an app of {@code apps/<set>} with the jars of {@code it-libs/<set>}. The app is compiled
 * here, with what it needs of that folder, against those jars, because no two sets fit into one
 * class path. A set "mcp2" has the sources of "mcp" too, but for those it has itself.
 */
public final class Libs {
  private static final Path ROOT = Path.of(System.getProperty("coldstart.it-libs"));

  private static final Map<String, List<Path>> CLASS_PATHS = new ConcurrentHashMap<>();

  private Libs() {}

  /** Starts an app with the agent and waits until it serves. */
  static ForkedApp start(String set, String app, Path folder, String... args) {
    return start(Jdks.any(), set, app, folder, args);
  }

  /** The same on a JDK. */
  static ForkedApp start(Jdk jdk, String set, String app, Path folder, String... args) {
    ForkedApp fork = launch(jdk, set, app, folder, args);
    fork.port();
    return fork;
  }

  /** Starts an app with the agent. */
  static ForkedApp launch(String set, String app, Path folder, String... args) {
    return launch(Jdks.any(), set, app, folder, args);
  }

  private static ForkedApp launch(Jdk jdk, String set, String app, Path folder, String... args) {
    return run(jdk, set, app, folder, args).start(Scenes.class);
  }

  /** Starts an app that gets its work as messages. */
  static ForkedApp listen(String set, String app, Path folder, String... messages) {
    return run(Jdks.any(), set, app, folder, messages)
        .classPath(Fakes.compile("hikari", folder))
        .start(Messages.class);
  }

  /** An app that is not started yet. */
  static AgentRun run(Jdk jdk, String set, String app, Path folder, String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "dev.coldstart.it.app." + app;
    System.arraycopy(args, 0, all, 1, args.length);
    return AgentRun.ofLibrary(jdk, folder)
        .options("warm=1000,summary=off")
        .classPath(classPath(set, app).toArray(new Path[0]))
        .args(all);
  }

  /**
   * Plays the ways of a library (see {@link Carried}), with others using it at the same time.
   *
   * @param type the class of its ways in {@code apps/<set>}
   * @param ways how often each does its work
   */
  static RunReport carries(
      Jdk jdk, Path folder, String set, String type, Map<String, Integer> ways, String... jvm)
      throws Exception {
    try (ForkedApp app =
        AgentRun.on(jdk, folder)
            .options("warm=1000,summary=off")
            .jvm(jvm)
            .classPath(classPath(set, type).toArray(new Path[0]))
            .classPath(Fakes.compile("hikari", folder))
            .args("dev.coldstart.it.app." + type)
            .start(ContextApp.class)) {
      Carried.play(app.http(), ways);
      Carried.await(app, ways);
      app.stop();
      RunReport report = app.report();
      assertThat(report.agent().warnings()).isEmpty();
      assertThat(report.agent().adviceFailures()).isZero();
      Carried.check(report, ways);
      return report;
    }
  }

  /** Each of these does its work once. */
  static Map<String, Integer> once(String... ways) {
    Map<String, Integer> all = new LinkedHashMap<>();
    for (String way : ways) {
      all.put(way, 1);
    }
    return all;
  }

  /** Ends an app once it has reported so many requests, which takes longer than it may at exit. */
  static RunReport end(ForkedApp app, int requests) {
    app.awaitRequests(requests);
    app.stop();
    RunReport report = app.report();
    assertThat(report.agent().warnings()).isEmpty();
    assertThat(report.agent().adviceFailures()).isZero();
    return report;
  }

  /** Starts an MCP server over HTTP; its line "mcp=" tells the URL. */
  static ForkedApp startToolServer(Path folder) {
    ForkedApp fork =
        AgentRun.ofLibrary(Jdks.any(), folder.resolve("tool-server"))
            .withoutAgent()
            .workDir(folder)
            .classPath(classPath("mcp", "HttpToolServer").toArray(new Path[0]))
            .args("dev.coldstart.it.app.HttpToolServer", folder.resolve("tomcat").toString())
            .start(Scenes.class);
    fork.port();
    return fork;
  }

  /** The command that starts an MCP server over stdio. */
  static String[] stdioToolServer() {
    return new String[] {
      Jdks.any().tool("java"),
      "-XX:TieredStopAtLevel=1",
      "-Xshare:auto",
      "-cp",
      joined(Stream.concat(classPath("mcp", "StdioToolServer").stream(), Stream.of(tests()))),
      "dev.coldstart.it.app.StdioToolServer"
    };
  }

  /** A set's jars and the compiled app. */
  public static List<Path> classPath(String set, String app) {
    return classPath(Jdks.any(), set, app);
  }

  /** The same for libraries that need a JDK like this one. */
  static List<Path> classPath(Jdk jdk, String set, String app) {
    return CLASS_PATHS.computeIfAbsent(set + '/' + app, key -> newClassPath(jdk, set, app));
  }

  private static List<Path> newClassPath(Jdk jdk, String set, String app) {
    Path packed = ROOT.resolve(set).resolve("target/quarkus-app/quarkus-run.jar");
    if (Files.exists(packed)) {
      return List.of(packed);
    }
    List<Path> all = new ArrayList<>(jars(set));
    all.add(compile(jdk, set, app, all));
    return all;
  }

  /** The jars of a set. */
  public static List<Path> jars(String set) {
    Path libs = ROOT.resolve(set).resolve("target/libs");
    try (Stream<Path> files = Files.list(libs)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("build agent/pom.xml first, it collects the jars", e);
    }
  }

  private static Path compile(Jdk jdk, String set, String app, List<Path> jars) {
    Path classes = ROOT.resolve(set).resolve("target/apps").resolve(app);
    List<String> arguments =
        new ArrayList<>(
            List.of("--release", "" + jdk.feature(), "-parameters", "-d", "" + classes));
    // Micronaut's beans are made by the compiler.
    if (jars.stream().noneMatch(jar -> jar.endsWith("io.micronaut.micronaut-inject-java.jar"))) {
      arguments.add("-proc:none");
    }
    arguments.add("-cp");
    arguments.add(joined(Stream.concat(jars.stream(), Stream.of(tests()))));
    try {
      AppSources.of(tests().resolve("apps"), set, app).forEach(file -> arguments.add("" + file));
      String servlets = servletPackage(jars);
      if (servlets != null) {
        arguments.add("" + servletScenes(servlets, classes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!javac(jdk, arguments)) {
      throw new IllegalStateException("cannot compile " + app + " of " + set);
    }
    return classes;
  }

  /** The package of the servlet API that a set has, null for none. */
  private static String servletPackage(List<Path> jars) throws IOException {
    for (Path jar : jars) {
      try (JarFile file = new JarFile(jar.toFile())) {
        for (String servlets : List.of("jakarta.servlet", "javax.servlet")) {
          if (file.getEntry(servlets.replace('.', '/') + "/Servlet.class") != null) {
            return servlets;
          }
        }
      }
    }
    return null;
  }

  /** The source of what servlets of all containers answer, for one of the two servlet APIs. */
  private static Path servletScenes(String servlets, Path classes) throws IOException {
    String name = "ServletScenes.java";
    String source = Files.readString(tests().resolve("apps/servlet").resolve(name));
    Path copy = Files.createDirectories(classes.resolveSibling("servlet")).resolve(name);
    return Files.writeString(copy, source.replace("jakarta.servlet", servlets));
  }

  /** The compiler of the tests' own JDK cannot read classes of newer ones. */
  private static boolean javac(Jdk jdk, List<String> arguments) {
    if (jdk.feature() <= Runtime.version().feature()) {
      JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
      return compiler.run(null, null, null, arguments.toArray(new String[0])) == 0;
    }
    List<String> command = new ArrayList<>(arguments);
    command.add(0, jdk.tool("javac"));
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Path tests() {
    return AgentRun.jarOf(Libs.class);
  }

  private static String joined(Stream<Path> classPath) {
    return classPath.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}

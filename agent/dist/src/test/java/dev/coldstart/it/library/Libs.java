package dev.coldstart.it.library;

import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Forks an app of {@code apps/<set>} with the jars of {@code it-libs/<set>}. The app is compiled
 * here, against those jars, because no two sets fit into one class path.
 */
final class Libs {
  private static final Path ROOT = Path.of(System.getProperty("coldstart.it-libs"));

  private Libs() {}

  /** Starts an app with the agent and waits until it serves. */
  static ForkedApp start(String set, String app, Path folder, String... args) {
    Jdk jdk = Jdks.any();
    String[] all = new String[args.length + 1];
    all[0] = "dev.coldstart.it.app." + app;
    System.arraycopy(args, 0, all, 1, args.length);
    ForkedApp fork =
        AgentRun.on(jdk, folder)
            .options("warm=1000,summary=off")
            .classPath(classPath(set, folder).toArray(new Path[0]))
            .args(all)
            .start(Scenes.class);
    fork.port();
    return fork;
  }

  /** Starts an MCP server over HTTP; its line "mcp=" tells the URL. */
  static ForkedApp startToolServer(Path folder) {
    ForkedApp fork =
        AgentRun.on(Jdks.any(), folder.resolve("tool-server"))
            .withoutAgent()
            .workDir(folder)
            .classPath(classPath("mcp", folder).toArray(new Path[0]))
            .args("dev.coldstart.it.app.HttpToolServer", folder.resolve("tomcat").toString())
            .start(Scenes.class);
    fork.port();
    return fork;
  }

  /** The command that starts an MCP server over stdio. */
  static String[] stdioToolServer(Path folder) {
    return new String[] {
      Jdks.any().tool("java"),
      "-XX:TieredStopAtLevel=1",
      "-Xshare:auto",
      "-cp",
      joined(Stream.concat(classPath("mcp", folder).stream(), Stream.of(tests()))),
      "dev.coldstart.it.app.StdioToolServer"
    };
  }

  /** A set's jars and its compiled apps. */
  static List<Path> classPath(String set, Path folder) {
    List<Path> jars = jars(set);
    List<Path> all = new ArrayList<>(jars);
    all.add(compile(set, jars, folder));
    return all;
  }

  /** The jars of a set. */
  static List<Path> jars(String set) {
    Path libs = ROOT.resolve(set).resolve("target/libs");
    try (Stream<Path> files = Files.list(libs)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("build agent/pom.xml first, it collects the jars", e);
    }
  }

  private static Path compile(String set, List<Path> jars, Path folder) {
    Path classes = folder.resolve("apps-" + set);
    List<String> arguments =
        new ArrayList<>(
            List.of("--release", "17", "-proc:none", "-parameters", "-d", "" + classes));
    arguments.add("-cp");
    arguments.add(joined(Stream.concat(jars.stream(), Stream.of(tests()))));
    try (Stream<Path> sources = Files.walk(tests().resolve("apps").resolve(set))) {
      sources.map(Path::toString).filter(f -> f.endsWith(".java")).forEach(arguments::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(new String[0]))
        != 0) {
      throw new IllegalStateException("cannot compile apps/" + set);
    }
    return classes;
  }

  private static Path tests() {
    return AgentRun.jarOf(Libs.class);
  }

  private static String joined(Stream<Path> classPath) {
    return classPath.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }
}

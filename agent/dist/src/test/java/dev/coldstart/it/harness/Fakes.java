package dev.coldstart.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Classes that are named like those of a library: small ones that only take time, or ones with an
 * unexpected shape. Kept as resources and compiled when a test wants them, because the real ones
 * are on the test class path too.
 */
public final class Fakes {
  /** Compiles the sources of {@code fakes/<name>} into a folder for a fork's class path. */
  public static Path compile(String name, Path folder) {
    Path sources = AgentRun.jarOf(Fakes.class).resolve("fakes").resolve(name);
    Path classes = folder.resolve("fakes-" + name);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> arguments =
        new ArrayList<>(List.of("--release", "17", "-proc:none", "-cp", "", "-d", "" + classes));
    try (Stream<Path> files = Files.walk(sources)) {
      files.map(Path::toString).filter(f -> f.endsWith(".java")).forEach(arguments::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (compiler.run(null, null, null, arguments.toArray(new String[0])) != 0) {
      throw new IllegalStateException("cannot compile " + sources);
    }
    return classes;
  }

  private Fakes() {}
}

package dev.coldstart.it.chaos;

import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A service of two named modules, {@code svc} and {@code pool}, and images to run it on. */
final class NamedModules {
  private static final String MAIN =
      """
      package svc;

      public final class Main {
        public static void main(String[] args) throws Exception {
          Class<?> pool = com.zaxxer.hikari.pool.HikariPool.class;
          new com.zaxxer.hikari.pool.HikariPool(
              new com.zaxxer.hikari.pool.HikariPool.Config("inside"));
          System.out.println(Main.class.getModule() + " uses " + pool.getModule());
          System.out.println(pool.getModule().getDescriptor().requires());
        }
      }
      """;

  private NamedModules() {}

  /** Compiles both into a folder for {@code -p}. */
  static Path compile(Path folder, Jdk jdk) throws IOException {
    Path source = Files.createDirectories(folder.resolveSibling("sources"));
    Path pool = Files.createDirectories(source.resolve("pool")).resolve("module-info.java");
    Files.writeString(pool, "module pool { exports com.zaxxer.hikari.pool; }");
    Path fakes = AgentRun.jarOf(NamedModules.class).resolve("fakes/hikari");
    try (Stream<Path> files = Files.walk(fakes)) {
      List<Path> sources = new ArrayList<>(List.of(pool));
      files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      javac(jdk, folder, "pool", sources);
    }
    Path svc = Files.createDirectories(source.resolve("svc"));
    Path info = Files.writeString(svc.resolve("module-info.java"), "module svc { requires pool; }");
    Path main = Files.writeString(svc.resolve("Main.java"), MAIN);
    javac(jdk, folder, "svc", List.of(info, main));
    return folder;
  }

  /** An image of a JDK with these modules and what they need. */
  static Jdk link(Jdk jdk, Path folder, String modules) {
    run(jdk, folder, "jlink", "--add-modules", modules, "--output", folder.toString());
    return new Jdk(folder, jdk.version());
  }

  private static void javac(Jdk jdk, Path folder, String module, List<Path> sources) {
    List<String> command = new ArrayList<>(List.of("javac", "-p", folder.toString(), "-d"));
    command.add(folder.resolve(module).toString());
    sources.forEach(source -> command.add(source.toString()));
    run(jdk, folder, command.toArray(new String[0]));
  }

  private static void run(Jdk jdk, Path folder, String... command) {
    ForkedApp.Ended ended = AgentRun.on(jdk, folder).workDir(folder.getParent()).tool(command);
    if (ended.exit() != 0) {
      throw new IllegalStateException(Arrays.toString(command) + ": " + ended);
    }
  }
}

package dev.coldstart.it.chaos;

import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.library.Libs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/** Compilers and other tools that make class files, run as anybody runs them. */
final class ShapeTools {
  private static final String SET = "shapes";

  private final Path folder;

  ShapeTools(Path folder) {
    this.folder = folder;
  }

  /** Compiles {@code shapes/<name>} for a release with the oldest JDK that can. */
  Path javac(String name, int release, String... options) throws IOException {
    Path classes = folder.resolve(name + release + String.join("", options).replace(':', '-'));
    Jdk jdk =
        Jdks.all().stream().filter(each -> each.feature() >= release).findFirst().orElseThrow();
    List<String> command =
        new ArrayList<>(List.of("javac", "-proc:none", "-nowarn", "-Xlint:-options"));
    command.addAll(List.of("--release", "" + release, "-d", classes.toString()));
    command.addAll(List.of(options));
    for (Path source : sources(name)) {
      command.add(source.toString());
    }
    if (!name.equals("java8")) {
      command.add(
          sources("java8").stream().filter(s -> s.endsWith("Shapes.java")).findFirst().get() + "");
    }
    return made(jdk, classes, command);
  }

  /** Compiles with Groovy's compiler, against what it finds {@code Shapes} in. */
  Path groovyc(Path classPath) throws IOException {
    Path classes = folder.resolve("groovy");
    List<String> command =
        new ArrayList<>(
            List.of(
                "java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jar("org.apache.groovy.groovy") + ":" + classPath,
                "org.codehaus.groovy.tools.FileSystemCompiler",
                "-d",
                classes.toString()));
    command.addAll(List.of("--classpath", classPath.toString()));
    for (Path source : sources("groovy")) {
      command.add(source.toString());
    }
    made(Jdks.any(), classes, command);
    for (String name : List.of("Shapes", "Shapes$Action")) {
      String file = "shape/" + name + ".class";
      Files.copy(classPath.resolve(file), classes.resolve(file));
    }
    return classes;
  }

  /** Renames, inlines and rearranges everything but the entry of a shape. */
  Path proguard(Path classes, String entry) {
    Path jar = folder.resolve("obfuscated.jar");
    String all = Libs.jars(SET).stream().map(Path::toString).collect(Collectors.joining(":"));
    return made(
        Jdks.any(),
        jar,
        List.of(
            "java",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            all,
            "proguard.ProGuard",
            "-injars",
            classes.toString(),
            "-outjars",
            jar.toString(),
            "-libraryjars",
            Jdks.any().home().resolve("jmods/java.base.jmod") + "(!**.jar;!module-info.class)",
            "-keep",
            "class " + entry + " { public static java.lang.String run(); }",
            "-overloadaggressively",
            "-allowaccessmodification",
            "-dontnote",
            "-dontwarn",
            "-repackageclasses",
            "o"));
  }

  /** A signed copy of a folder's classes. */
  Path signed(Path classes) {
    Path jar = Jars.of(folder.resolve("signed.jar"), classes, "Comment: signed");
    Path store = folder.resolve("keys");
    String password = "secret";
    made(
        Jdks.any(),
        store,
        List.of(
            "keytool",
            "-genkeypair",
            "-keyalg",
            "EC",
            "-alias",
            "me",
            "-dname",
            "CN=me",
            "-keystore",
            store.toString(),
            "-storepass",
            password));
    return made(
        Jdks.any(),
        jar,
        List.of(
            "jarsigner", "-keystore", store.toString(), "-storepass", password, jar + "", "me"));
  }

  /** A jar of the set, by the beginning of its name. */
  static Path jar(String name) {
    return Libs.jars(SET).stream()
        .filter(jar -> jar.getFileName().toString().startsWith(name))
        .findFirst()
        .orElseThrow();
  }

  /**
   * A probe for each method of each class of a folder: by turns one that times and one that reads.
   */
  static List<String> probes(Path classes, int turn) throws IOException {
    if (classes.toString().endsWith(".jar")) {
      try (FileSystem jar = FileSystems.newFileSystem(classes)) {
        return probes(jar.getPath("/"), turn);
      }
    }
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
        lines.addAll(probes(Files.readAllBytes(file), turn));
      }
    }
    return lines;
  }

  private static List<String> probes(byte[] bytes, int turn) {
    ClassReader type = new ClassReader(bytes);
    TreeSet<String> names = new TreeSet<>();
    type.accept(
        new ClassVisitor(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] thrown) {
            int without = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE | Opcodes.ACC_BRIDGE;
            if ((access & without) == 0 && !name.equals("<clinit>")) {
              names.add(name);
            }
            return null;
          }
        },
        ClassReader.SKIP_CODE);
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      String method = type.getClassName().replace('/', '.') + "#" + name;
      String label = method.substring(method.indexOf('.') + 1).replace('#', ' ');
      boolean times = (method.hashCode() & 1) == turn;
      lines.add(method + (times ? " shapes" : " shapes_read " + label + " {this.class}"));
    }
    return lines;
  }

  private static List<Path> sources(String name) throws IOException {
    try (Stream<Path> files =
        Files.walk(AgentRun.jarOf(ShapeTools.class).resolve("shapes").resolve(name))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private Path made(Jdk jdk, Path result, List<String> command) {
    ForkedApp.Ended ended =
        AgentRun.on(jdk, folder).workDir(folder).tool(command.toArray(new String[0]));
    if (ended.exit() != 0 || !Files.exists(result)) {
      throw new IllegalStateException(command + ": " + ended);
    }
    return result;
  }
}

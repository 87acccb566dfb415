package dev.coldstart.weave;

import dev.coldstart.bootstrap.Recorder;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;

/**
 * Runs in the build: turns the library files into {@link Index#RESOURCE}, so that start-up learns
 * what to look for without loading one of them.
 */
public final class IndexWriter {
  private static final String PACKAGE = "dev.coldstart.library";

  private IndexWriter() {}

  /** Argument: the directory with the compiled classes; the index is written into it. */
  public static void main(String[] args) throws Exception {
    Path classes = Path.of(args[0]);
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(classes.resolve(Index.RESOURCE)))) {
      out.writeLong(build(classes));
      write(libraries(classes), out);
    }
  }

  /** Every library file among the compiled classes, by name. */
  static List<Library> libraries(Path classes) throws IOException, ReflectiveOperationException {
    List<Library> found = new ArrayList<>();
    Path folder = classes.resolve(PACKAGE.replace('.', '/'));
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.class")) {
      for (Path file : files) {
        String simple = file.getFileName().toString().replace(".class", "");
        Class<?> type = Class.forName(PACKAGE + "." + simple);
        if (Library.class.isAssignableFrom(type)) {
          found.add(type.asSubclass(Library.class).getDeclaredConstructor().newInstance());
        }
      }
    }
    found.sort(Comparator.comparing(Library::name));
    return found;
  }

  /** Differs whenever the code differs that decides what a woven class looks like. */
  private static long build(Path classes) throws IOException {
    Checksum build = new Checksum();
    for (String name : new String[] {"library", "weave"}) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(classes.resolve("dev/coldstart/" + name))) {
        files = all.filter(file -> file.toString().endsWith(".class")).sorted().toList();
      }
      for (Path file : files) {
        build.add(file.getFileName().toString()).add(Files.readAllBytes(file));
      }
    }
    for (Class<?> other : new Class<?>[] {ClassReader.class, ClassWriter.class, Recorder.class}) {
      String resource = other.getName().replace('.', '/') + ".class";
      try (InputStream in = other.getClassLoader().getResourceAsStream(resource)) {
        build.add(in.readAllBytes());
      }
    }
    return build.value();
  }

  private static void write(List<Library> libraries, DataOutputStream out) throws IOException {
    Map<String, Set<Integer>> byType = new LinkedHashMap<>();
    int site = Sites.FIRST;
    out.writeShort(libraries.size());
    for (int i = 0; i < libraries.size(); i++) {
      Library library = libraries.get(i);
      out.writeUTF(library.getClass().getName());
      out.writeUTF(library.name());
      out.writeShort(site);
      List<Probe> probes = library.probes();
      site += probes.size();
      for (Probe probe : probes) {
        for (String type : probe.types()) {
          byType.computeIfAbsent(type.replace('.', '/'), t -> new LinkedHashSet<>()).add(i);
        }
      }
    }
    out.writeShort(site);
    out.writeShort(byType.size());
    for (Map.Entry<String, Set<Integer>> entry : byType.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeByte(entry.getValue().size());
      for (int library : entry.getValue()) {
        out.writeByte(library);
      }
    }
  }
}

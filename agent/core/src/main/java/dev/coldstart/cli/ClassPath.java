package dev.coldstart.cli;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * The classes of folders and jars, read without loading one of them; those in the jars that a
 * Spring Boot jar or a war packs too. Of two classes of one name the first counts.
 */
final class ClassPath {
  /** Folders in which archives keep the classes of the application. */
  private static final List<String> PACKED = List.of("BOOT-INF/classes/", "WEB-INF/classes/");

  private static final String VERSIONS = "META-INF/versions/";

  private final Map<String, Facts> types = new TreeMap<>();
  private final List<String> unreadable = new ArrayList<>();

  /**
   * A class.
   *
   * @param supers binary names of what it extends and implements itself
   */
  record Facts(String name, List<String> supers, boolean isInterface, List<Member> methods) {
    List<Member> named(String method) {
      return methods.stream().filter(m -> m.name.equals(method)).toList();
    }
  }

  /**
   * A method with its body, if it has one. Bridges are left out.
   *
   * @param parameters how many it has
   */
  record Member(String name, int parameters, boolean hasBody, boolean isStatic) {}

  private ClassPath() {}

  /** Reads a class path: folders, jars, and {@code folder/*} for the jars in a folder. */
  static ClassPath read(String entries) throws IOException {
    ClassPath all = new ClassPath();
    for (String entry : entries.split(File.pathSeparator, -1)) {
      if (entry.endsWith("*")) {
        try (Stream<Path> jars = Files.list(Path.of(entry.substring(0, entry.length() - 1)))) {
          for (Path jar : jars.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
            all.jar(jar);
          }
        }
      } else if (Files.isDirectory(Path.of(entry))) {
        all.folder(Path.of(entry));
      } else if (!entry.isEmpty()) {
        all.jar(Path.of(entry));
      }
    }
    return all;
  }

  /** Null when there is no such class. */
  Facts type(String binaryName) {
    return types.get(binaryName);
  }

  /** By binary name. */
  Map<String, Facts> types() {
    return types;
  }

  /** Classes that could not be read, with the reason. */
  List<String> unreadable() {
    return unreadable;
  }

  /** Whether a class extends or implements another one, however far up. */
  boolean isBelow(Facts type, String other) {
    for (String name : type.supers()) {
      Facts parent = types.get(name);
      if (name.equals(other) || (parent != null && isBelow(parent, other))) {
        return true;
      }
    }
    return false;
  }

  private void folder(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        add(folder.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
  }

  private void jar(Path jar) throws IOException {
    try (InputStream in = Files.newInputStream(jar)) {
      archive(in, true);
    }
  }

  private void archive(InputStream in, boolean outer) throws IOException {
    ZipInputStream zip = new ZipInputStream(in);
    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      String name = entry.getName();
      if (name.endsWith(".class") && !name.startsWith(VERSIONS)) {
        add(withoutFolder(name), zip.readAllBytes());
      } else if (outer && name.endsWith(".jar") && name.contains("-INF/lib")) {
        archive(new ByteArrayInputStream(zip.readAllBytes()), false);
      }
    }
  }

  private static String withoutFolder(String name) {
    for (String folder : PACKED) {
      if (name.startsWith(folder)) {
        return name.substring(folder.length());
      }
    }
    return name;
  }

  private void add(String file, byte[] bytes) {
    if (file.endsWith("module-info.class") || file.endsWith("package-info.class")) {
      return;
    }
    try {
      ClassReader reader = new ClassReader(bytes);
      List<Member> methods = new ArrayList<>();
      int skip = ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES;
      reader.accept(new Methods(methods), skip);
      List<String> supers = new ArrayList<>();
      if (reader.getSuperName() != null) {
        supers.add(reader.getSuperName().replace('/', '.'));
      }
      for (String one : reader.getInterfaces()) {
        supers.add(one.replace('/', '.'));
      }
      String name = reader.getClassName().replace('/', '.');
      boolean isInterface = (reader.getAccess() & Opcodes.ACC_INTERFACE) != 0;
      types.putIfAbsent(name, new Facts(name, supers, isInterface, methods));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      unreadable.add(file + " (" + e.getMessage() + ")");
    }
  }

  private static final class Methods extends ClassVisitor {
    private final List<Member> methods;

    Methods(List<Member> methods) {
      super(Opcodes.ASM9);
      this.methods = methods;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      if ((access & Opcodes.ACC_BRIDGE) == 0) {
        methods.add(
            new Member(
                name,
                Type.getArgumentTypes(descriptor).length,
                (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0,
                (access & Opcodes.ACC_STATIC) != 0));
      }
      return null;
    }
  }
}

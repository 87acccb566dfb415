package dev.coldstart.it.harness;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Jars of single test classes, for what a folder on the class path cannot do. */
public final class TestJar {
  /** A jar with one class and, if named, that class as agent. */
  public static Path of(Path file, Class<?> type, boolean agent) {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (agent) {
      manifest.getMainAttributes().putValue("Premain-Class", type.getName());
    }
    String entry = type.getName().replace('.', '/') + ".class";
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest);
        InputStream in = type.getClassLoader().getResourceAsStream(entry)) {
      jar.putNextEntry(new JarEntry(entry));
      in.transferTo(jar);
      jar.closeEntry();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private TestJar() {}
}

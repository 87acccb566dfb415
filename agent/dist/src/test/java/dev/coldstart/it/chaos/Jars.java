package dev.coldstart.it.chaos;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** What a folder of classes is put into. */
final class Jars {
  private Jars() {}

  /** A jar of a folder, with one line more in its manifest. */
  static Path of(Path jar, Path classes, String line) {
    String manifest = "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\n" + line + "\n";
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream all =
            new JarOutputStream(
                out,
                new Manifest(
                    new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8))))) {
      for (Path file : files(classes)) {
        all.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, all);
        all.closeEntry();
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Copies a folder. */
  static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Path copy = to.resolve(from.relativize(file));
      Files.createDirectories(copy.getParent());
      Files.copy(file, copy);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}

package dev.coldstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Limits that keep the parts small enough to be read. */
class SourceFilesTest {
  private static final int MAX_LINES = 400;
  private static final int MAX_VISIBLE_CLASSES = 8;
  private static final Path AGENT = Path.of("..");

  @Test
  void noFileIsLongerThanTheLimit() throws IOException {
    for (String module : List.of("bootstrap", "core", "dist")) {
      for (Path file : sources(AGENT.resolve(module).resolve("src"))) {
        assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThan(MAX_LINES + 1);
      }
    }
  }

  @Test
  void anApplicationCanSeeFewClasses() throws IOException {
    assertThat(sources(AGENT.resolve("bootstrap/src/main")))
        .isNotEmpty()
        .hasSizeLessThan(MAX_VISIBLE_CLASSES + 1);
  }

  @Test
  void bootstrapHasNoDependencies() throws IOException {
    assertThat(AGENT.resolve("bootstrap/pom.xml")).content().doesNotContain("<dependency>");
  }

  private static List<Path> sources(Path root) throws IOException {
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(f -> f.toString().endsWith(".java")).toList();
    }
  }
}

package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Javalin on Jetty: one request each, named by Javalin's path. */
class JavalinIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"javalin", "javalin2"})
  void reportsEachRequestByItsTemplate(String set) throws Exception {
    assertThat(
            ServerCheck.of(set, "JavalinScenes")
                .ready("Jetty started")
                .template("/items/{id}")
                .run(folder)
                .agent()
                .libraries())
        .contains("jetty", "javalin");
  }
}

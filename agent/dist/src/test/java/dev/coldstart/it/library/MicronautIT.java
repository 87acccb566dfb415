package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Micronaut 4.9, whose requests come through Netty's codecs: a controller that returns streams. */
class MicronautIT {
  @TempDir private Path folder;

  @Test
  void reportsEachRequest() throws Exception {
    assertThat(
            ServerCheck.of("micronaut", "MicronautScenes")
                .ready("Netty server bound")
                .template("/items/{id:[^/]+}")
                .run(folder)
                .agent()
                .libraries())
        .contains("netty-http", "micronaut");
  }
}

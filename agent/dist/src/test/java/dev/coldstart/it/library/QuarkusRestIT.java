package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quarkus REST in an application that Quarkus has built, with its own loader of classes. */
class QuarkusRestIT {
  @TempDir private Path folder;

  @Test
  void reportsEachRequest() throws Exception {
    assertThat(
            ServerCheck.of("quarkus", "QuarkusStart")
                .ready("Quarkus HTTP server started")
                .template("/items/{id}")
                .run(folder)
                .agent()
                .libraries())
        .contains("quarkus-rest", "vertx", "netty", "jboss-threads");
  }
}

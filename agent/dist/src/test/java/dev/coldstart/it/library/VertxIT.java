package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vert.x 4 and 5 with a router, on HTTP/1 and HTTP/2. */
class VertxIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"vertx", "vertx2"})
  void reportsEachRequest(String set) throws Exception {
    assertThat(
            ServerCheck.of(set, "VertxScenes")
                .ready("Netty server bound")
                .template("/items/:id")
                .http2()
                .run(folder)
                .agent()
                .libraries())
        .contains("vertx", "netty");
  }
}

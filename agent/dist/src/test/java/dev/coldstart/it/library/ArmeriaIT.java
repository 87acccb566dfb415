package dev.coldstart.it.library;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Armeria, which brings its own decoders. */
class ArmeriaIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"armeria", "armeria2"})
  void reportsEachRequest(String set) throws Exception {
    ServerCheck.of(set, "ArmeriaScenes")
        .ready("Netty server bound")
        .http2()
        .template("/items/:id")
        .run(folder);
  }
}

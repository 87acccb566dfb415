package dev.coldstart.it.library;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reactor Netty: HTTP/1.1, and HTTP/2 without TLS. */
class ReactorNettyIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"reactor-netty", "reactor-netty2"})
  void reportsEachRequest(String set) throws Exception {
    ServerCheck.of(set, "ReactorNettyScenes").ready("Netty server bound").http2().run(folder);
  }
}

package dev.coldstart.it.library;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jetty with servlets of both APIs, HTTP/1.1 and HTTP/2. */
class JettyIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"jetty9", "jetty", "jetty120", "jetty12"})
  void reportsEachRequest(String set) throws Exception {
    ServerCheck.of(set, "JettyScenes").ready("Jetty started").http2().run(folder);
  }
}

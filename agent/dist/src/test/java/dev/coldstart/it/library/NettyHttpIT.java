package dev.coldstart.it.library;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plain handlers behind Netty's HTTP codec. */
class NettyHttpIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"netty-http", "netty-http2"})
  void reportsEachRequest(String set) throws Exception {
    ServerCheck.of(set, "NettyScenes").ready("Netty server bound").run(folder);
  }
}

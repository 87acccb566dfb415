package dev.coldstart.it.library;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tomcat with the servlet API of Java EE (9.0) and the newest one; 10.1 is {@code TomcatIT}. */
class TomcatVersionsIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"tomcat", "tomcat2"})
  void reportsEachRequest(String set) throws Exception {
    ServerCheck.of(set, "TomcatScenes").ready("Tomcat started").http2().run(folder);
  }
}

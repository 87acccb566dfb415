package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Undertow with its own handlers and with servlets of both APIs. */
class UndertowIT {
  @TempDir private Path folder;

  @Test
  void reportsEachRequestOfAHandler() throws Exception {
    followed(
        ServerCheck.of("undertow", "UndertowScenes").ready("Undertow started").http2().run(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"undertow-servlet", "undertow-servlet2"})
  void reportsEachRequestOfAServlet(String set) throws Exception {
    followed(ServerCheck.of(set, "UndertowServletScenes").ready("Undertow started").run(folder));
  }

  /** Its own pools and I/O threads carry the requests. */
  private static void followed(RunReport report) {
    assertThat(report.agent().libraries()).contains("undertow", "jboss-threads");
  }
}

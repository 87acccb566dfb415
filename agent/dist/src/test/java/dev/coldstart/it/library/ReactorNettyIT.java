package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Jdks;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reactor Netty: HTTP/1.1, and HTTP/2 without TLS. */
class ReactorNettyIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"reactor-netty", "reactor-netty2"})
  void reportsEachRequest(String set) throws Exception {
    RunReport report =
        ServerCheck.of(set, "ReactorNettyScenes").ready("Netty server bound").http2().run(folder);
    assertThat(report.agent().libraries()).contains("netty-http");
  }

  /** Native transport and the JDK's channels, each with Netty's own client of DNS. */
  @ParameterizedTest
  @CsvSource({"reactor-netty,true", "reactor-netty2,true", "reactor-netty2,false"})
  void tellsTheStepsOfConnections(String set, String epoll) throws Exception {
    try (Visiting visiting = new Visiting()) {
      visiting.check(
          Jdks.any(), set, "ReactorNettyVisits", folder, "-Dreactor.netty.native=" + epoll);
    }
  }
}

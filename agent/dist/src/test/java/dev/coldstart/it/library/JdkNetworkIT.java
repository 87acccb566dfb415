package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.SocketVisits;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps of connections that the JDK's blocking sockets open. */
class JdkNetworkIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void tellsTheStepsOfConnections(Jdk jdk) throws Exception {
    try (Visiting visiting = new Visiting()) {
      RunReport report = visiting.check(jdk, SocketVisits.class, folder);
      assertThat(report.agent().libraries()).contains("jdk-network");
    }
  }
}

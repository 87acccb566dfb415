package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Jdks;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Apache HttpClient 4 and 5, classic: its connections are sockets of the JDK. */
class ApacheHttpClientIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"httpclient4", "httpclient5"})
  void tellsTheStepsOfConnections(String set) throws Exception {
    try (Visiting visiting = new Visiting()) {
      RunReport report = visiting.check(Jdks.any(), set, "ApacheVisits", folder);
      assertThat(report.agent().libraries()).contains("jdk-network");
    }
  }

  @ParameterizedTest
  @CsvSource({"httpclient4,''", "httpclient5,STRICT", "httpclient5,LAX"})
  void tellsTheWaitForTheConnectionOfAnother(String set, String policy) throws Exception {
    try (Visiting visiting = new Visiting()) {
      String url = "http://127.0.0.1:" + visiting.plainProxy().port() + "/";
      assertThat(
              PoolCheck.check(set, "ApachePool", Visiting.PHASE, folder, url, policy)
                  .agent()
                  .libraries())
          .contains("apache-httpclient");
    }
  }
}

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

  @ParameterizedTest
  @ValueSource(strings = {"reactor-netty", "reactor-netty2"})
  void tellsTheWaitForTheConnectionOfAnother(String set) throws Exception {
    assertThat(PoolCheck.check(set, "ReactorNettyPool", Visiting.PHASE, folder).agent().libraries())
        .contains("reactor-netty");
  }

  /** Native transport and the JDK's channels, TLS of the JDK and of OpenSSL, Netty's own DNS. */
  @ParameterizedTest
  @CsvSource({"reactor-netty,true,false", "reactor-netty2,true,true", "reactor-netty2,false,false"})
  void tellsTheStepsOfConnections(String set, String epoll, boolean openSsl) throws Exception {
    try (Visiting visiting = new Visiting();
        SlowDns dns = new SlowDns()) {
      if (openSsl) {
        visiting.withoutResumption();
      }
      int port = visiting.plainProxy().port();
      visiting.also("look-up", "http://slow.test:" + port + "/");
      visiting.also("look-up2", "http://slow2.test:" + port + "/");
      RunReport report =
          visiting.check(
              Jdks.any(),
              set,
              "ReactorNettyVisits",
              folder,
              "-Dreactor.netty.native=" + epoll,
              "-Dio.netty.handler.ssl.noOpenSsl=" + !openSsl,
              "-Ddns=" + dns.port());
      Visiting.foundLookUps(report, "look-up", "look-up2");
    }
  }
}

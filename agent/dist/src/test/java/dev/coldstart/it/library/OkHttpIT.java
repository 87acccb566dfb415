package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.DelayingProxy;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that wait for each other belong to those who enqueued them. */
class OkHttpIT {
  @TempDir private Path folder;

  @Test
  void carriesRequests() throws Exception {
    Map<String, Integer> ways = Libs.once("enqueue", "oneByOne", "execute");
    for (String version : new String[] {"okhttp", "okhttp5"}) {
      assertThat(
              Libs.carries(Jdks.any(), folder.resolve(version), version, "OkHttpWays", ways)
                  .agent()
                  .libraries())
          .contains("okhttp");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"okhttp", "okhttp5"})
  void tellsTheWaitForTheTurn(String set) throws Exception {
    try (Visiting visiting = new Visiting()) {
      String url = "http://127.0.0.1:" + visiting.plainProxy().port() + "/";
      PoolCheck.check(set, "OkHttpPool", Visiting.PHASE, folder, url);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"okhttp", "okhttp5"})
  void tellsTheStepsOfConnections(String version) throws Exception {
    try (Visiting visiting = new Visiting();
        DelayingProxy alive = visiting.plainProxy();
        DelayingProxy dead = new DelayingProxy(0, ipv6(), alive.port())) {
      dead.fill();
      visiting.also("race", "http://both.test:" + alive.port() + "/");
      RunReport report = visiting.check(Jdks.any(), version, "OkHttpVisits", folder);
      RequestReport race = Visiting.request(report, "race");
      List<Span> attempts = Calls.spans(race, "tcp");
      if (version.equals("okhttp")) {
        assertThat(attempts).extracting(Span::failed).containsExactly(true, false);
      } else {
        // The second address gets its chance after 250 ms and wins.
        assertThat(attempts).extracting(Span::failed).containsExactly(false);
        assertThat(attempts.get(0).exclusiveNanos()).isBetween(240_000_000L, 700_000_000L);
      }
    }
  }

  private static InetAddress ipv6() throws UnknownHostException {
    byte[] loopback = new byte[16];
    loopback[15] = 1;
    return InetAddress.getByAddress(loopback);
  }
}

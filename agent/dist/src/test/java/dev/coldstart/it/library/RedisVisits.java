package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Backend;
import dev.coldstart.it.harness.RefusingServer;
import dev.coldstart.it.harness.TestCertificates;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;

/**
 * Clients of a real Redis with and without TLS, and of servers that let nobody in; these are no
 * Redis. Each visit searches, but that of the scene "database".
 */
final class RedisVisits {
  private RedisVisits() {}

  /** Plays them, and returns the report once everything is as it should be. */
  static RunReport verify(String set, String app, String connect, Path folder) throws Exception {
    Backend redis = Backend.of("redis");
    try (RefusingServer hangingUp = RefusingServer.hangingUp();
        RefusingServer expired = RefusingServer.withTls(TestCertificates.EXPIRED)) {
      String password = redis.get("password");
      RunReport report =
          new ClientCheck(app, connect, RedisVisits::place)
              .tlsPort(Integer.parseInt(redis.get("tls-port")))
              .working("database", "database " + place(redis.port(), password, false, true))
              .with("hanging-up", place(hangingUp.port(), password, false, true))
              .with("expired", place(expired.port(), password, true, false))
              .verify(set, redis.port(), password, folder);
      RequestReport secure = Visiting.request(report, "tls");
      assertThat(Calls.one(secure, "tls").notes()).containsEntry("protocol", "TLSv1.3");
      return report;
    }
  }

  private static String place(int port, String password, boolean tls, boolean trusting) {
    Path authority = trusting ? Backend.authority() : TestCertificates.trustedPem();
    return port + " " + password + (tls ? " " + authority : "");
  }
}

package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Backend;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.TestCertificates;
import dev.coldstart.it.harness.TlsFront;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connecting to a real PostgreSQL without a pool. */
class PostgreSqlIT {
  @TempDir private Path folder;

  @Test
  void timesTheStepsOfAConnection() throws Exception {
    Backend postgres = Backend.of("postgres");
    try (ForkedApp app = app(postgres, folder)) {
      for (String path : List.of("/plain", "/foreign")) {
        assertThat(app.http().get(path).status()).as(path).isEqualTo("HTTP/1.1 200 OK");
      }
      RunReport report = Libs.end(app, 1);
      assertThat(report.agent().libraries()).contains("postgresql");
      assertThat(report.toString()).doesNotContain(postgres.get("password"));
      steps(report.requests().get(0));
      // The other had nothing to report: no connection was made.
      assertThat(report.requests()).hasSize(1);
    }
  }

  @Test
  void tellsTlsAndFailures() throws Exception {
    Backend postgres = Backend.of("postgres");
    new ClientCheck(
            "JdbcVisits",
            "postgresql connect",
            (port, password, tls, trusting) -> {
              Path authority = trusting ? Backend.authority() : TestCertificates.trustedPem();
              return "jdbc:postgresql://127.0.0.1:%d/%s?user=%s&password=%s&sslmode=%s&sslrootcert=%s"
                      .formatted(
                          port,
                          postgres.get("database"),
                          postgres.get("user"),
                          password,
                          tls ? "verify-full" : "disable",
                          authority)
                  + "&connectTimeout=1&socketTimeout=1&gssEncMode=disable";
            })
        .certificates(TlsFront.Asked.AS_POSTGRESQL)
        .verify("postgres", postgres.port(), postgres.get("password"), folder);
  }

  /** Starts the app that connects to it. */
  static ForkedApp app(Backend postgres, Path folder) {
    return Libs.start("postgres", "PostgresApp", folder, login(postgres));
  }

  /** JDBC URL, user and password. */
  static String[] login(Backend postgres) {
    String url = "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + postgres.get("database");
    return new String[] {url, postgres.get("user"), postgres.get("password")};
  }

  /** Those of one connection, inside it. */
  static void steps(RequestReport request) {
    Span connect = Calls.one(request, "postgresql connect");
    for (String step : List.of("tcp", "tls", "auth", "initial queries")) {
      Span child = Calls.one(request, step);
      assertThat(child.phase()).isEqualTo("db_connect");
      assertThat(child.startNanos()).isGreaterThan(connect.startNanos());
      assertThat(child.endNanos()).isLessThan(connect.endNanos());
    }
    assertThat(Calls.one(request, "tls").notes()).containsEntry("protocol", "TLSv1.3");
  }
}

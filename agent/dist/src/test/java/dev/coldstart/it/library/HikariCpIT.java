package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Backend;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool of connections to a real PostgreSQL, built with and without its first connection. */
class HikariCpIT {
  @TempDir private Path folder;

  @Test
  void tellsTheWaitForTheConnectionOfAnother() throws Exception {
    Backend postgres = Backend.of("postgres");
    RunReport report =
        PoolCheck.check(
            "postgres", "PostgresPool", "db_connect", folder, PostgreSqlIT.login(postgres));
    assertThat(report.toString()).doesNotContain(postgres.get("password"));
  }

  @Test
  void timesThePoolAndItsFirstConnection() throws Exception {
    Backend postgres = Backend.of("postgres");
    try (ForkedApp app = PostgreSqlIT.app(postgres, folder)) {
      for (String path : List.of("/eager", "/lazy", "/again")) {
        assertThat(app.http().get(path).status()).as(path).isEqualTo("HTTP/1.1 200 OK");
      }
      RunReport report = Libs.end(app, 2);
      assertThat(report.agent().libraries()).contains("postgresql", "hikaricp");
      assertThat(report.toString()).doesNotContain(postgres.get("password"));
      for (String path : List.of("/eager", "/lazy")) {
        RequestReport request = Calls.of(report, path).get(0);
        Span pool = Calls.one(request, "pool start");
        assertThat(pool.phase()).isEqualTo("db_connect");
        assertThat(pool.notes()).containsEntry("pool", path.substring(1));
        Span connection = Calls.one(request, "pool connection");
        assertThat(connection.startNanos()).isGreaterThan(pool.startNanos());
        assertThat(connection.endNanos()).isLessThan(pool.endNanos());
        PostgreSqlIT.steps(request);
      }
      // The last had nothing to report: no connection was made.
      assertThat(report.requests()).hasSize(2);
    }
  }
}

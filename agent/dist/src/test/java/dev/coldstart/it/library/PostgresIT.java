package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Connecting to a real PostgreSQL, with and without a HikariCP pool. */
@EnabledOnOs(value = OS.LINUX, architectures = "amd64", disabledReason = "other binaries")
class PostgresIT {
  @TempDir private Path folder;

  @Test
  void timesTheFirstConnection() throws Exception {
    try (Postgres postgres = new Postgres(Libs.jars("postgres"));
        ForkedApp app =
            Libs.start(
                "postgres",
                "PostgresApp",
                folder,
                postgres.jdbcUrl(),
                Postgres.USER,
                Postgres.PASSWORD)) {
      for (String path : List.of("/plain", "/eager", "/lazy", "/again", "/foreign")) {
        assertThat(app.http().get(path).status()).as(path).isEqualTo("HTTP/1.1 200 OK");
      }
      verify(Libs.end(app, 3));
    }
  }

  private static void verify(RunReport report) {
    assertThat(report.agent().libraries()).contains("postgresql", "hikaricp");
    assertThat(report.toString()).doesNotContain(Postgres.PASSWORD);
    for (String path : List.of("/plain", "/eager", "/lazy")) {
      RequestReport request = Calls.of(report, path).get(0);
      Span connect = one(request, "postgresql connect");
      for (String step : List.of("tcp", "auth", "initial queries")) {
        Span child = one(request, step);
        assertThat(child.phase()).isEqualTo("db_connect");
        assertThat(child.startNanos()).isGreaterThan(connect.startNanos());
        assertThat(child.endNanos()).isLessThan(connect.endNanos());
      }
    }
    for (String path : List.of("/eager", "/lazy")) {
      RequestReport request = Calls.of(report, path).get(0);
      Span pool = one(request, "pool start");
      assertThat(pool.notes()).containsEntry("pool", path.substring(1));
      Span connection = one(request, "pool connection");
      assertThat(connection.startNanos()).isGreaterThan(pool.startNanos());
      assertThat(connection.endNanos()).isLessThan(pool.endNanos());
    }
    // The others had nothing to report: no connection was made.
    assertThat(report.requests()).hasSize(3);
  }

  private static Span one(RequestReport request, String name) {
    List<Span> found = Calls.spans(request, name);
    assertThat(found).as(request.route() + " " + name).hasSize(1);
    return found.get(0);
  }
}

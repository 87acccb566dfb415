package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.StoreServer;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cassandra's driver on the vendor's simulator of a node. */
class CassandraIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"cassandra", "cassandra2"})
  void tellsSessionsFromSearches(String set) throws Exception {
    try (StoreServer server = StoreServers.start("simulacron", "CassandraServer", "secret-word");
        ForkedApp app = Libs.start(set, "CassandraApp", folder, "" + server.port())) {
      RunReport report = Calls.play(app, "/connect", "/search", "/later");
      assertThat(report.agent().libraries()).contains("cassandra");
      RequestReport connect = report.requests().get(0);
      Span whole = Calls.one(connect, "cassandra connect");
      assertThat(whole.phase()).isEqualTo("db_connect");
      for (String step : new String[] {"cassandra connection", "cassandra schema", "auth"}) {
        assertThat(Calls.spans(connect, step)).as(step).isNotEmpty();
        for (Span span : Calls.spans(connect, step)) {
          assertThat(span.phase()).isEqualTo("db_connect");
          assertThat(span.inferred()).isFalse();
          assertThat(span.startNanos()).isGreaterThanOrEqualTo(whole.startNanos());
        }
      }
      searches(report.requests().get(1));
      searches(report.requests().get(2));
      assertThat(connect.spans()).extracting(Span::phase).doesNotContain("vector_store_query");
      assertThat(report.toString()).doesNotContain("secret-word", "handbook", "0.6, 0.8");
    }
  }

  private static void searches(RequestReport request) {
    Span query = Calls.one(request, "cassandra query");
    assertThat(query.phase()).isEqualTo("vector_store_query");
    assertThat(query.endNanos() - query.startNanos()).isGreaterThan(8_000_000);
    assertThat(request.spans()).extracting(Span::phase).doesNotContain("db_connect");
  }
}

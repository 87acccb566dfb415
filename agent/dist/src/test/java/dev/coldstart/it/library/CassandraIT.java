package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.StoreServer;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cassandra's driver, and both frameworks' stores, on the vendor's simulator of a node. */
class CassandraIT {
  private static final String SET = "simulacron";
  private static final String SERVER = "CassandraServer";
  private static final String PASSWORD = "secret-word";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"cassandra", "cassandra2"})
  void tellsSessionsFromSearches(String set) throws Exception {
    try (StoreServer server = StoreServers.start(SET, SERVER, PASSWORD);
        ForkedApp app = Libs.start(set, "CassandraApp", folder, "" + server.port())) {
      RunReport report = Calls.play(app, "/connect", "/search", "/later");
      assertThat(report.agent().libraries()).contains("cassandra");
      RequestReport connect = report.requests().get(0);
      Span whole = Calls.one(connect, "cassandra session");
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
      assertThat(report.toString()).doesNotContain(PASSWORD, "handbook", "0.6, 0.8");
    }
  }

  @Test
  void timesTheStoreOfLangChain4j() throws Exception {
    try (StoreServer server = StoreServers.start(SET, SERVER, PASSWORD);
        ForkedApp app =
            Libs.start("cassandra3", "CassandraLangChain4jApp", folder, "" + server.port())) {
      RunReport report = check(server).firstHas("create table").createsEachTime().verify(app);
      Calls.one(report.requests().get(0), "cassandra add");
    }
  }

  @Test
  void timesTheStoreOfSpringAi() throws Exception {
    try (StoreServer server = StoreServers.start(SET, SERVER, PASSWORD);
        ForkedApp app =
            Libs.start("cassandra2", "CassandraSpringApp", folder, "" + server.port())) {
      RequestReport fresh = check(server).verify(app).requests().get(0);
      assertThat(Calls.one(fresh, "create custom index").phase()).isEqualTo("vector_store_connect");
      Calls.one(fresh, "cassandra add");
    }
  }

  @Test
  void namesWhatWentWrong() throws Exception {
    try (StoreServer guarded = StoreServers.start(SET, SERVER, "right");
        StoreFailures failures = new StoreFailures().with("/password", guarded.port())) {
      failures.verify("cassandra3", "CassandraLangChain4jApp", folder);
    }
  }

  /** The driver's own threads may have asked for more once it is there. */
  private static StoreCheck check(StoreServer server) {
    return StoreCheck.of("cassandra")
        .server(() -> StoreServers.take(server))
        .hides("handbook", "not-there-yet", "not_there_yet", "Hello", PASSWORD)
        .firstHas("cassandra connect", "cassandra session", "cassandra connection")
        .firstHas("cassandra schema", "cassandra table", "tcp", "auth")
        .firstHas("cassandra search", "cassandra query");
  }

  private static void searches(RequestReport request) {
    Span query = Calls.one(request, "cassandra query");
    assertThat(query.phase()).isEqualTo("vector_store_query");
    assertThat(query.endNanos() - query.startNanos()).isGreaterThan(8_000_000);
    assertThat(request.spans()).extracting(Span::phase).doesNotContain("db_connect");
  }
}

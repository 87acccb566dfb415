package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.StoreServer;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * MongoDB's driver, and both frameworks' stores, on a server of its protocol by others; searching
 * vectors, their indexes and passwords are ours there.
 */
class MongoDbIT {
  private static final String SET = "mongo-java-server";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "mongodb, MongoApp",
    "mongodb2, MongoApp",
    "mongodb2, MongoLangChain4jApp",
    "mongodb2, MongoSpringApp"
  })
  void timesClientAndStores(String set, String app) throws Exception {
    try (StoreServer server = StoreServers.start(SET, "MongoStoreServer", "secret-word");
        ForkedApp fork = Libs.start(set, app, folder, "" + server.port())) {
      // The driver's own threads bear the names of servers.
      StoreCheck.of("mongodb")
          .server(() -> StoreServers.take(server))
          .hides("handbook", "not_there_yet", "Hello", "secret-word")
          .firstHas("mongodb connect", "mongodb hello", "auth", "mongodb query", "tcp")
          .verify(fork);
    }
  }

  @Test
  void aDatabaseThatIsNoStoreIsOne() throws Exception {
    try (StoreServer server = StoreServers.start(SET, "MongoStoreServer", "secret-word");
        ForkedApp fork = Libs.start("mongodb2", "MongoApp", folder, "" + server.port())) {
      RequestReport request = Calls.play(fork, "/plain").requests().get(0);
      assertThat(Calls.one(request, "auth").phase()).isEqualTo("db_connect");
      assertThat(Calls.one(request, "mongodb server selection").phase()).isEqualTo("db_connect");
      assertThat(request.spans())
          .extracting(Span::phase)
          .doesNotContain("vector_store_connect", "vector_store_query");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"mongodb", "mongodb2"})
  void namesWhatWentWrong(String set) throws Exception {
    try (StoreServer guarded = StoreServers.start(SET, "MongoStoreServer", "right");
        StoreFailures failures = new StoreFailures().with("/password", guarded.port())) {
      failures.verify(set, "MongoApp", folder);
    }
  }
}

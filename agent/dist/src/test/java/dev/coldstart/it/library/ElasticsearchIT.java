package dev.coldstart.it.library;

import dev.coldstart.it.harness.ForkedApp;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of Elasticsearch and both frameworks' stores, against a stand-in. */
class ElasticsearchIT {
  private static final String LIBRARY = "elasticsearch";

  @TempDir private Path folder;

  @Test
  void timesVersion9AndTheStoreOfLangChain4j() throws Exception {
    try (ElasticsearchServer server = new ElasticsearchServer();
        ForkedApp app = Libs.start(LIBRARY, "ElasticsearchApp", folder, server.url())) {
      StoreCheck.verify(
          app,
          List.of(
              check(server, "/java").firstHas("elasticsearch version", "elasticsearch index"),
              check(server, "/async").firstHas("elasticsearch index"),
              low(server),
              check(server, "/java5")
                  .firstHas("elasticsearch version", "elasticsearch http version"),
              // Bulk requests create the index.
              check(server, "/langchain4j").firstHas("elasticsearch connect").createsNothing()));
    }
  }

  @Test
  void timesVersion8() throws Exception {
    try (ElasticsearchServer server = new ElasticsearchServer();
        ForkedApp app = Libs.start("elasticsearch2", "ElasticsearchApp", folder, server.url())) {
      StoreCheck.verify(
          app,
          List.of(
              check(server, "/java").firstHas("elasticsearch version", "elasticsearch index"),
              check(server, "/async").firstHas("elasticsearch index"),
              low(server)));
    }
  }

  @Test
  void timesTheStoreOfSpringAi() throws Exception {
    try (ElasticsearchServer server = new ElasticsearchServer();
        ForkedApp app = Libs.start("elasticsearch3", "ElasticsearchApp", folder, server.url())) {
      check(server, "")
          .firstHas("elasticsearch connect", "elasticsearch index", "embedding dimensions")
          .verify(app);
    }
  }

  @Test
  void failuresAreTheApplications() throws Exception {
    try (StoreFaultCheck faults = new StoreFaultCheck()) {
      faults.verify(LIBRARY, "ElasticsearchFaultsApp", folder);
    }
  }

  private static StoreCheck low(ElasticsearchServer server) {
    return check(server, "/low").firstHas("elasticsearch http version", "elasticsearch http index");
  }

  private static StoreCheck check(ElasticsearchServer server, String path) {
    return StoreCheck.of(LIBRARY)
        .at(path)
        .server(server::take)
        .firstHas("elasticsearch client")
        .hides("handbook", "not-there-yet", "not_there_yet", server.url(), "Hello");
  }
}

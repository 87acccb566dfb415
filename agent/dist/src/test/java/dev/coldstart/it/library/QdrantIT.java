package dev.coldstart.it.library;

import dev.coldstart.it.app.StoreServer;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.TestCertificates;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Qdrant's client, and both frameworks' stores, against a stand-in of the vendor's services. */
class QdrantIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"qdrant", "qdrant2"})
  void timesTheClient(String set) throws Exception {
    try (StoreServer server = StoreServers.start("grpc-stores", "QdrantServer");
        ForkedApp app = Libs.start(set, "QdrantApp", folder, "" + server.port())) {
      check(server).firstHas("qdrant collection", "qdrant query").verify(app);
    }
  }

  @Test
  void timesTheStoreOfLangChain4j() throws Exception {
    try (StoreServer server = StoreServers.start("grpc-stores", "QdrantServer");
        ForkedApp app = Libs.start("qdrant2", "QdrantLangChain4jApp", folder, "" + server.port())) {
      check(server).createsNothing().firstHas("qdrant connect", "qdrant search").verify(app);
    }
  }

  @Test
  void timesTheStoreOfSpringAi() throws Exception {
    try (StoreServer server = StoreServers.start("grpc-stores", "QdrantServer");
        ForkedApp app = Libs.start("qdrant", "QdrantSpringApp", folder, "" + server.port())) {
      check(server).firstHas("qdrant connect", "qdrant search", "qdrant collections").verify(app);
    }
  }

  @Test
  void namesWhatWentWrong() throws Exception {
    String keys = TestCertificates.server(TestCertificates.EXPIRED).toString();
    try (StoreServer guarded = StoreServers.start("grpc-stores", "QdrantServer", "right");
        StoreServer expired =
            StoreServers.start("grpc-stores", "QdrantServer", "", keys, TestCertificates.PASSWORD);
        StoreFailures failures = new StoreFailures()) {
      failures
          .with("/password", guarded.port())
          .withTls("/expired", expired.port())
          .verify("qdrant2", "QdrantApp", folder, TestCertificates.trusting());
    }
  }

  private static StoreCheck check(StoreServer server) {
    return StoreCheck.of("qdrant")
        .server(() -> StoreServers.take(server))
        .hides("handbook", "not_there_yet", ":" + server.port(), "Hello");
  }
}

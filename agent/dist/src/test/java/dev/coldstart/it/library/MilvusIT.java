package dev.coldstart.it.library;

import dev.coldstart.it.app.StoreServer;
import dev.coldstart.it.harness.ForkedApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Both clients of Milvus, and both frameworks' stores, against a stand-in of the vendor's service.
 */
class MilvusIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "milvus, MilvusV1App",
    "milvus, MilvusV2App",
    "milvus2, MilvusV1App",
    "milvus2, MilvusV2App"
  })
  void timesTheClients(String set, String app) throws Exception {
    verify(set, app, "milvus connect", "milvus collection", "milvus query");
  }

  @Test
  void timesTheStoreOfLangChain4j() throws Exception {
    verify(
        "milvus2",
        "MilvusLangChain4jApp",
        "milvus connect",
        "milvus handshake",
        "milvus collection",
        "milvus load collection",
        "milvus search",
        "milvus query");
  }

  @Test
  void timesTheStoreOfSpringAi() throws Exception {
    verify("milvus2", "MilvusSpringApp", "milvus connect", "milvus collection", "milvus search");
  }

  /** Both clients at once: they wait for deadlines. */
  @Test
  void namesWhatWentWrong() throws Exception {
    try (StoreServer guarded = StoreServers.start("grpc-stores", "MilvusServer", "right");
        StoreFailures failures = new StoreFailures().with("/password", guarded.port())) {
      CompletableFuture<Void> older =
          CompletableFuture.runAsync(() -> verify(failures, "MilvusV1App"));
      verify(failures, "MilvusV2App");
      older.join();
    }
  }

  private void verify(StoreFailures failures, String app) {
    try {
      failures.verify("milvus2", app, folder.resolve(app));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void verify(String set, String app, String... has) throws Exception {
    try (StoreServer server = StoreServers.start("grpc-stores", "MilvusServer");
        ForkedApp fork = Libs.start(set, app, folder, "" + server.port())) {
      StoreCheck.of("milvus")
          .server(() -> StoreServers.take(server))
          .hides("handbook", "not_there_yet", ":" + server.port(), "Hello", "secret-word")
          .firstHas(has)
          .verify(fork);
    }
  }
}

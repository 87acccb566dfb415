package dev.coldstart.it.library;

import dev.coldstart.it.harness.ForkedApp;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weaviate's client and the store of LangChain4j, against a stand-in. */
class WeaviateIT {
  @TempDir private Path folder;

  @Test
  void timesVersion5AndTheStoreOfLangChain4j() throws Exception {
    try (WeaviateServer server = new WeaviateServer();
        ForkedApp app = Libs.start("weaviate", "WeaviateApp", folder, "" + server.port())) {
      StoreCheck.verify(
          app,
          List.of(
              client(server),
              // It leaves the class to the server.
              check(server, "/langchain4j").firstHas("weaviate connect").createsNothing()));
    }
  }

  @Test
  void timesVersion4() throws Exception {
    try (WeaviateServer server = new WeaviateServer();
        ForkedApp app = Libs.start("weaviate2", "WeaviateApp", folder, "" + server.port())) {
      StoreCheck.verify(app, List.of(client(server)));
    }
  }

  private static StoreCheck client(WeaviateServer server) {
    return check(server, "/client").firstHas("weaviate version", "weaviate class");
  }

  private static StoreCheck check(WeaviateServer server, String path) {
    return StoreCheck.of("weaviate")
        .at(path)
        .server(server::take)
        .firstHas("weaviate client")
        .opensEachTime()
        .hides("Handbook", "Not_there_yet", ":" + server.port(), "Hello");
  }
}

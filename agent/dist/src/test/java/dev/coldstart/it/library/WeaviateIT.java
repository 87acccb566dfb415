package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.StoreServer;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Weaviate's clients and the stores of LangChain4j and Spring AI, against a stand-in: its REST API,
 * and for version 6 the vendor's own gRPC service.
 */
class WeaviateIT {
  @TempDir private Path folder;

  @Test
  void timesVersion5AndTheStoresAbove() throws Exception {
    try (WeaviateServer server = new WeaviateServer();
        ForkedApp app = Libs.start("weaviate", "WeaviateApp", folder, "" + server.port())) {
      RunReport report =
          StoreCheck.verify(
              app,
              List.of(
                  client(server),
                  // Both leave the class to the server.
                  check(server, "/langchain4j")
                      .opensEachTime()
                      .firstHas("weaviate connect", "weaviate search")
                      .createsNothing(),
                  check(server, "/spring-ai")
                      .opensEachTime()
                      .firstHas("weaviate connect", "weaviate search", "weaviate query")
                      .createsNothing()));
      // It asks the model for its dimensions each time, which this one does not know.
      assertThat(Calls.spans(Calls.of(report, "/spring-ai/again").get(0), "embedding dimensions"))
          .singleElement()
          .satisfies(asked -> assertThat(asked.phase()).isEqualTo("embedding"));
    }
  }

  @Test
  void timesVersion4() throws Exception {
    try (WeaviateServer server = new WeaviateServer();
        ForkedApp app = Libs.start("weaviate2", "WeaviateApp", folder, "" + server.port())) {
      StoreCheck.verify(app, List.of(client(server)));
    }
  }

  @Test
  void timesVersion6() throws Exception {
    try (WeaviateServer server = new WeaviateServer();
        StoreServer search = StoreServers.start("grpc-stores", "WeaviateSearchServer");
        ForkedApp app =
            Libs.start("weaviate3", "WeaviateApp", folder, server.port() + "," + search.port())) {
      RunReport report =
          StoreCheck.verify(
              app,
              List.of(version6(server, search, "/client"), version6(server, search, "/async")));
      for (String path : List.of("/client", "/async")) {
        assertThat(Calls.spans(Calls.of(report, path + "/new").get(0), "weaviate write"))
            .hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"weaviate", "weaviate2"})
  void namesWhatWentWrong(String set) throws Exception {
    try (WeaviateServer guarded = new WeaviateServer("right");
        StoreFailures failures = new StoreFailures().with("/password", guarded.port())) {
      failures
          .failsWith("/password", "401")
          .failsWith("/hanging", "java.net.SocketTimeoutException")
          .verify(set, "WeaviateApp", folder);
    }
  }

  @Test
  void namesWhatWentWrongInVersion6() throws Exception {
    try (WeaviateServer server = new WeaviateServer();
        WeaviateServer guarded = new WeaviateServer("right");
        StoreFailures failures = new StoreFailures().with("/password", guarded.port())) {
      for (String path : List.of("/down", "/refusing", "/hanging")) {
        failures
            .with("/search" + path, server.port() + "," + failures.port(path))
            .failsWith("/search" + path, "io.weaviate.client6.v1.api.WeaviateApiException")
            .failsWith(path, "io.weaviate.client6.v1.api.WeaviateConnectException");
      }
      failures
          .failsWith("/password", "io.weaviate.client6.v1.api.WeaviateApiException")
          .verify("weaviate3", "WeaviateApp", folder);
    }
  }

  private static StoreCheck client(WeaviateServer server) {
    return check(server, "/client")
        .opensEachTime()
        .firstHas("weaviate version", "weaviate class", "weaviate query");
  }

  private static StoreCheck version6(WeaviateServer server, StoreServer search, String path) {
    return check(server, path)
        .server(() -> StoreServers.take(server, search))
        .hides("" + search.port())
        .firstHas("weaviate server", "weaviate collection", "weaviate query");
  }

  private static StoreCheck check(WeaviateServer server, String path) {
    return StoreCheck.of("weaviate")
        .at(path)
        .server(server::take)
        .firstHas("weaviate client")
        .hides("Handbook", "Not_there_yet", ":" + server.port(), "Hello", "secret-word");
  }
}

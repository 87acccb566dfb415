package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.app.StoreScenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.TestCertificates;
import dev.coldstart.it.harness.TlsFront;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of OpenSearch and the store of LangChain4j on a real OpenSearch; that of Spring AI. */
class OpenSearchIT {
  private static final String LIBRARY = "opensearch";
  private static final String SERVER = "opensearch-server";

  private static final String VECTOR =
      """
      {"type":"knn_vector","dimension":2,"method":{"name":"hnsw","engine":"lucene",\
      "space_type":"cosinesimil"}}""";

  @TempDir private static Path server;
  private static ForkedApp openSearch;
  private static String url;

  @TempDir private Path folder;

  @BeforeAll
  static void startServer() throws Exception {
    Jdk jdk = Jdks.forJava21().get(0);
    openSearch =
        AgentRun.ofLibrary(jdk, server)
            .withoutAgent()
            .workDir(server)
            .jvm("-Xmx512m", "-XX:TieredStopAtLevel=1")
            .classPath(Libs.classPath(jdk, SERVER, "OpenSearchServer").toArray(new Path[0]))
            .args("dev.coldstart.it.app.OpenSearchServer", server.resolve("home").toString())
            .start(Scenes.class);
    openSearch.port();
    url = "http://127.0.0.1:" + openSearch.line("opensearch=");
    send(
        "PUT",
        "/" + StoreScenes.THERE,
        "{\"settings\":{\"index.knn\":true},\"mappings\":{\"properties\":{\"vector\":%s,\"embedding\":%s}}}"
            .formatted(VECTOR, VECTOR));
  }

  /** Of the test before. */
  @BeforeEach
  void forgetNewIndexes() throws Exception {
    send("DELETE", "/not*", "");
  }

  @AfterAll
  static void stopServer() {
    openSearch.close();
  }

  @Test
  void timesVersion3() throws Exception {
    try (ForkedApp app = Libs.start(LIBRARY, "OpenSearchApp", folder, url)) {
      StoreCheck.verify(app, clients());
    }
  }

  @Test
  void timesVersion2AndTheStoreOfLangChain4j() throws Exception {
    try (ForkedApp app = Libs.start("opensearch2", "OpenSearchApp", folder, url)) {
      List<StoreCheck> checks = new java.util.ArrayList<>(clients());
      checks.add(check("/langchain4j").firstHas("opensearch connect"));
      StoreCheck.verify(app, checks);
    }
  }

  /** Its searches need the vector plugin's native engines, which no registry has: a stand-in. */
  @Test
  void timesTheStoreOfSpringAi() throws Exception {
    try (ElasticsearchServer standIn = new ElasticsearchServer();
        ForkedApp app = Libs.start("opensearch2", "SpringOpenSearchApp", folder, standIn.url())) {
      check("")
          .server(standIn::take)
          .firstHas("opensearch connect", "opensearch index", "opensearch search")
          .verify(app);
    }
  }

  @Test
  void findsDelays() throws Exception {
    int port = URI.create(url).getPort();
    try (TlsFront front = new TlsFront(port, TestCertificates.VALID, TlsFront.Asked.NO);
        StoreDelays delays = new StoreDelays(LIBRARY, "OpenSearchApp")) {
      String asked = "opensearch version|opensearch index|opensearch query";
      delays
          .plain("/java/first", port, at -> "http://127.0.0.1:" + at, asked)
          .tls("/java/first", front.port(), at -> "https://127.0.0.1:" + at, "tls", asked)
          .verify(folder, TestCertificates.trusting());
    }
  }

  @Test
  void failuresAreTheApplications() throws Exception {
    try (StoreFaultCheck faults = new StoreFaultCheck()) {
      faults.verify(LIBRARY, "OpenSearchFaultsApp", folder);
    }
  }

  private static void send(String method, String path, String json) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json))
            .build();
    HttpResponse<String> response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private static List<StoreCheck> clients() {
    return List.of(
        check("/java").firstHas("opensearch version", "opensearch index"),
        check("/async").firstHas("opensearch index"),
        check("/rest").firstHas("opensearch version", "opensearch http version"),
        check("/low").firstHas("opensearch http version", "opensearch http index"));
  }

  private static StoreCheck check(String path) {
    return StoreCheck.of(LIBRARY)
        .at(path)
        .firstHas("opensearch client")
        .hides("handbook", "not-there-yet", "not_there_yet", url, "Hello");
  }
}

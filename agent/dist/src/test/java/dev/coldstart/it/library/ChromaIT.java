package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Backend;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The Chroma stores of both frameworks, with a stand-in that keeps a log and with a real Chroma.
 */
class ChromaIT {
  private static final String[] LOOK_UPS = {"chroma tenant", "chroma database"};

  @TempDir private Path folder;

  @Test
  void timesTheStoreOfLangChain4j() throws Exception {
    try (ChromaServer chroma = new ChromaServer();
        ForkedApp app = langChain4j(chroma.url())) {
      verify(app, check(chroma.url()).server(chroma::take).firstHas(LOOK_UPS));
    }
  }

  @Test
  void timesTheStoreOfSpringAi() throws Exception {
    try (ChromaServer chroma = new ChromaServer();
        ModelServer model = new ModelServer();
        ForkedApp app = springAi(chroma.url(), model)) {
      // Tenant and database only when there is no such collection.
      verify(app, check(chroma.url()).server(chroma::take));
    }
  }

  @Test
  void timesTheStoreOfLangChain4jOnRealChroma() throws Exception {
    String url = realWithOneCollection();
    try (ForkedApp app = langChain4j(url)) {
      verify(app, check(url).firstHas(LOOK_UPS));
    }
  }

  @Test
  void timesTheStoreOfSpringAiOnRealChroma() throws Exception {
    String url = realWithOneCollection();
    try (ModelServer model = new ModelServer();
        ForkedApp app = springAi(url, model)) {
      verify(app, check(url));
    }
  }

  @ParameterizedTest
  @CsvSource({"langchain4j, LangChain4jChromaApp", "spring-ai, SpringAiChromaApp"})
  void namesWhatWentWrong(String set, String app) throws Exception {
    try (ChromaServer guarded = new ChromaServer("right");
        StoreFailures failures = new StoreFailures().with("/password", guarded.port())) {
      failures.verify(set, app, folder);
    }
  }

  private ForkedApp langChain4j(String url) {
    return Libs.start("langchain4j", "LangChain4jChromaApp", folder, url);
  }

  private ForkedApp springAi(String url, ModelServer model) {
    return Libs.start("spring-ai", "SpringAiChromaApp", folder, url + "," + model.root());
  }

  /** It knows what the stand-in knows. */
  static String realWithOneCollection() throws Exception {
    String url = Backend.of("chroma").url();
    String path = url + "/api/v2/tenants/default_tenant/databases/default_database/collections";
    HttpClient client = HttpClient.newHttpClient();
    for (String name : new String[] {"handbook", "not-there-yet"}) {
      client.send(
          HttpRequest.newBuilder(URI.create(path + "/" + name)).DELETE().build(),
          HttpResponse.BodyHandlers.discarding());
    }
    HttpRequest create =
        HttpRequest.newBuilder(URI.create(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"handbook\"}"))
            .build();
    assertThat(client.send(create, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(200);
    return url;
  }

  private static StoreCheck check(String url) {
    return StoreCheck.of("chroma")
        .firstHas("chroma connect", "chroma collection")
        .hides("handbook", "not-there-yet", url, "[0.6", "Hello");
  }

  private static void verify(ForkedApp app, StoreCheck check) {
    RequestReport fresh = check.verify(app).requests().get(0);
    for (String once : new String[] {"create collection", "upsert", "add"}) {
      assertThat(Calls.spans(fresh, "chroma " + once)).hasSize(1);
    }
  }
}

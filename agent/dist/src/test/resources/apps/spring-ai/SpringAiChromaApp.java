package dev.coldstart.it.app;

import java.time.Duration;
import java.util.List;
import org.springframework.ai.chroma.vectorstore.ChromaApi;
import org.springframework.ai.chroma.vectorstore.ChromaVectorStore;
import org.springframework.ai.document.Document;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Spring AI's Chroma store. Arguments: URLs of Chroma and of a model server, separated by a comma;
 * then see {@link Unusable}.
 */
public final class SpringAiChromaApp implements Scenes.App {
  private ChromaVectorStore store;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    int comma = args[0].indexOf(',');
    String url = args[0].substring(0, Math.max(0, comma));
    OpenAiEmbeddingModel embedding =
        new OpenAiEmbeddingModel(
            SpringAiModels.api(args[0].substring(comma + 1)),
            MetadataMode.EMBED,
            OpenAiEmbeddingOptions.builder().model("text-embedding-3-small").build());
    scenes.add(
        "/new",
        out -> {
          store = store(url, embedding, "not-there-yet", RestClient.builder());
          store.add(List.of(new Document("Hello")));
          store.similaritySearch("Hello");
        });
    scenes.add(
        "/first",
        out -> {
          store = store(url, embedding, "handbook", RestClient.builder());
          store.similaritySearch("Hello");
        });
    scenes.add("/again", out -> store.similaritySearch("Hello"));
    Unusable.add(
        scenes,
        args,
        port ->
            store("http://127.0.0.1:" + port, embedding, "handbook", impatient())
                .similaritySearch("Hello"));
  }

  /** Not with the JDK's client: Spring gives up on that in two ways that race. */
  private static RestClient.Builder impatient() {
    SimpleClientHttpRequestFactory http = new SimpleClientHttpRequestFactory();
    http.setReadTimeout(Duration.ofSeconds(2));
    return RestClient.builder().requestFactory(http);
  }

  private static ChromaVectorStore store(
      String url, OpenAiEmbeddingModel embedding, String collection, RestClient.Builder http)
      throws Exception {
    ChromaApi chroma =
        ChromaApi.builder()
            .baseUrl(url)
            .restClientBuilder(http)
            .build()
            .withKeyToken("secret-word");
    ChromaVectorStore store =
        ChromaVectorStore.builder(chroma, embedding)
            .tenantName("default_tenant")
            .databaseName("default_database")
            .collectionName(collection)
            .initializeSchema(true)
            .build();
    store.afterPropertiesSet();
    return store;
  }
}

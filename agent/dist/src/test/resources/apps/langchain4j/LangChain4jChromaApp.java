package dev.coldstart.it.app;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.chroma.ChromaApiVersion;
import dev.langchain4j.store.embedding.chroma.ChromaEmbeddingStore;
import java.time.Duration;

/** LangChain4j's Chroma store. Arguments: URL of the server, then see {@link Unusable}. */
public final class LangChain4jChromaApp implements Scenes.App {
  private static final Embedding VECTOR = Embedding.from(new float[] {0.6f, 0.8f});

  private ChromaEmbeddingStore store;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    scenes.add(
        "/new",
        out -> {
          store = store(args[0], "not-there-yet", 20);
          store.add(VECTOR, TextSegment.from("Hello"));
          search(store);
        });
    scenes.add(
        "/first",
        out -> {
          store = store(args[0], "handbook", 20);
          search(store);
        });
    scenes.add("/again", out -> search(store));
    Unusable.add(scenes, args, port -> search(store("http://127.0.0.1:" + port, "handbook", 2)));
  }

  private static ChromaEmbeddingStore store(String url, String collection, int seconds) {
    return ChromaEmbeddingStore.builder()
        .apiVersion(ChromaApiVersion.V2)
        .baseUrl(url)
        .tenantName("default_tenant")
        .databaseName("default_database")
        .collectionName(collection)
        .timeout(Duration.ofSeconds(seconds))
        .build();
  }

  private static void search(ChromaEmbeddingStore store) {
    store.search(
        EmbeddingSearchRequest.builder().queryEmbedding(VECTOR).maxResults(1).build());
  }
}

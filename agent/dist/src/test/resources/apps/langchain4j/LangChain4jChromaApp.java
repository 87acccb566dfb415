package dev.coldstart.it.app;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.chroma.ChromaApiVersion;
import dev.langchain4j.store.embedding.chroma.ChromaEmbeddingStore;

/** LangChain4j's Chroma store. Argument: URL of the server. */
public final class LangChain4jChromaApp implements Scenes.App {
  private static final Embedding VECTOR = Embedding.from(new float[] {0.6f, 0.8f});

  private ChromaEmbeddingStore store;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    scenes.add(
        "/new",
        out -> {
          store = store(args[0], "not-there-yet");
          store.add(VECTOR, TextSegment.from("Hello"));
          search();
        });
    scenes.add(
        "/first",
        out -> {
          store = store(args[0], "handbook");
          search();
        });
    scenes.add("/again", out -> search());
  }

  private static ChromaEmbeddingStore store(String url, String collection) {
    return ChromaEmbeddingStore.builder()
        .apiVersion(ChromaApiVersion.V2)
        .baseUrl(url)
        .tenantName("default_tenant")
        .databaseName("default_database")
        .collectionName(collection)
        .build();
  }

  private void search() {
    store.search(
        EmbeddingSearchRequest.builder().queryEmbedding(VECTOR).maxResults(1).build());
  }
}

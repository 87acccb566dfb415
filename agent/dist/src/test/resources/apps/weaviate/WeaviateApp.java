package dev.coldstart.it.app;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.weaviate.WeaviateEmbeddingStore;

/**
 * Weaviate's client of version 5, and the stores of LangChain4j and Spring AI. Arguments: see
 * {@link Unusable}.
 */
public final class WeaviateApp implements Scenes.App {
  private static final Embedding VECTOR = Embedding.from(new float[] {0.6f, 0.8f});

  @Override
  public void prepare(Scenes scenes, String[] args) {
    int port = Integer.parseInt(args[0].substring(args[0].indexOf(':') + 1));
    WeaviateScenes.add(scenes, args);
    StoreScenes.add(scenes, "/langchain4j", (index, create) -> langChain4j(port, index, create));
    new WeaviateSpringScenes().prepare(scenes, args);
  }

  private static StoreScenes.Search langChain4j(int port, String index, boolean create) {
    WeaviateEmbeddingStore store =
        WeaviateEmbeddingStore.builder()
            .scheme("http")
            .host("127.0.0.1")
            .port(port)
            .objectClass(WeaviateScenes.className(index))
            .build();
    if (create) {
      store.add(VECTOR, TextSegment.from("Hello"));
    }
    EmbeddingSearchRequest search =
        EmbeddingSearchRequest.builder().queryEmbedding(VECTOR).maxResults(1).build();
    return () -> store.search(search);
  }
}

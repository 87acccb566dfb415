package dev.coldstart.it.app;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.opensearch.OpenSearchEmbeddingStore;
import org.apache.http.HttpHost;
import org.opensearch.client.RestClient;

/** OpenSearch's clients of version 2, and LangChain4j's store. Argument: URL of the server. */
public final class OpenSearchApp implements Scenes.App {
  private static final Embedding VECTOR = Embedding.from(new float[] {0.6f, 0.8f});

  @Override
  public void prepare(Scenes scenes, String[] args) {
    OpenSearchScenes.add(
        scenes, args[0], () -> RestClient.builder(HttpHost.create(args[0])).build());
    StoreScenes.add(scenes, "/langchain4j", (index, create) -> langChain4j(args[0], index, create));
  }

  private static StoreScenes.Search langChain4j(String url, String index, boolean create) {
    OpenSearchEmbeddingStore store =
        OpenSearchEmbeddingStore.builder().serverUrl(url).indexName(index).build();
    if (create) {
      store.add(VECTOR, TextSegment.from("Hello"));
    }
    EmbeddingSearchRequest search =
        EmbeddingSearchRequest.builder().queryEmbedding(VECTOR).maxResults(1).build();
    return () -> store.search(search);
  }
}

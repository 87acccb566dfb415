package dev.coldstart.it.app;

import org.opensearch.client.opensearch.OpenSearchClient;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.opensearch.OpenSearchVectorStore;

/** Spring AI's store for OpenSearch. Argument: URL of the server. */
public final class SpringOpenSearchApp extends SpringStoreScenes {
  private String url;

  @Override
  void begin(String[] args) {
    url = args[0];
  }

  @Override
  VectorStore store(String index, EmbeddingModel embedding) {
    return OpenSearchVectorStore.builder(
            new OpenSearchClient(OpenSearchScenes.transport(url)), embedding)
        .index(index)
        .useApproximateKnn(true)
        .initializeSchema(true)
        .build();
  }
}

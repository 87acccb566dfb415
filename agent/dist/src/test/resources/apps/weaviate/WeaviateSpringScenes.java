package dev.coldstart.it.app;

import io.weaviate.client.Config;
import io.weaviate.client.WeaviateClient;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.weaviate.WeaviateVectorStore;
import org.springframework.ai.vectorstore.weaviate.WeaviateVectorStoreOptions;

/** Spring AI's Weaviate store. Argument: port of the server. */
final class WeaviateSpringScenes extends SpringStoreScenes {
  private String host;

  WeaviateSpringScenes() {
    super("/spring-ai");
  }

  @Override
  void begin(String[] args) {
    host = "127.0.0.1:" + args[0];
  }

  @Override
  VectorStore store(String index, EmbeddingModel embedding) {
    WeaviateVectorStoreOptions options = new WeaviateVectorStoreOptions();
    options.setObjectClass(WeaviateScenes.className(index));
    return WeaviateVectorStore.builder(new WeaviateClient(new Config("http", host)), embedding)
        .options(options)
        .build();
  }
}

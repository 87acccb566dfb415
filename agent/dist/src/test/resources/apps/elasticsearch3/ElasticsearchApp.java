package dev.coldstart.it.app;

import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.elasticsearch.ElasticsearchVectorStore;
import org.springframework.ai.vectorstore.elasticsearch.ElasticsearchVectorStoreOptions;

/** Spring AI's store for Elasticsearch. Argument: URL of the server. */
public final class ElasticsearchApp extends SpringStoreScenes {
  private String url;

  @Override
  void begin(String[] args) {
    url = args[0];
  }

  @Override
  VectorStore store(String index, EmbeddingModel embedding) {
    ElasticsearchVectorStoreOptions options = new ElasticsearchVectorStoreOptions();
    options.setIndexName(index);
    options.setDimensions(2);
    RestClient client = RestClient.builder(HttpHost.create(url)).build();
    return ElasticsearchVectorStore.builder(client, embedding)
        .options(options)
        .initializeSchema(true)
        .build();
  }
}

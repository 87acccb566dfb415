package dev.coldstart.it.app;

import java.util.List;
import org.apache.http.HttpHost;
import org.elasticsearch.client.RestClient;
import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.elasticsearch.ElasticsearchVectorStore;
import org.springframework.ai.vectorstore.elasticsearch.ElasticsearchVectorStoreOptions;

/** Spring AI's store for Elasticsearch. Argument: URL of the server. */
public final class ElasticsearchApp implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) {
    StoreScenes.add(scenes, "/spring", (index, create) -> spring(args[0], index, create));
  }

  private static StoreScenes.Search spring(String url, String index, boolean create) {
    ElasticsearchVectorStoreOptions options = new ElasticsearchVectorStoreOptions();
    options.setIndexName(index);
    options.setDimensions(2);
    ElasticsearchVectorStore store =
        ElasticsearchVectorStore.builder(
                RestClient.builder(HttpHost.create(url)).build(), new TwoDimensions())
            .options(options)
            .initializeSchema(true)
            .build();
    store.afterPropertiesSet();
    if (create) {
      store.add(List.of(new Document("Hello")));
    }
    return () -> store.similaritySearch("Hello");
  }
}

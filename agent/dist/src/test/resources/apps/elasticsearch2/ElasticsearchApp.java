package dev.coldstart.it.app;

import java.util.List;
import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.elasticsearch.ElasticsearchVectorStore;
import org.springframework.ai.vectorstore.elasticsearch.ElasticsearchVectorStoreOptions;

/** Elasticsearch's clients of version 8, and Spring AI's store. Argument: URL of the server. */
public final class ElasticsearchApp implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) {
    ElasticsearchScenes.add(scenes, args[0]);
    StoreScenes.add(scenes, "/spring", (index, create) -> spring(args[0], index, create));
  }

  private static StoreScenes.Search spring(String url, String index, boolean create) {
    ElasticsearchVectorStoreOptions options = new ElasticsearchVectorStoreOptions();
    options.setIndexName(index);
    options.setDimensions(2);
    ElasticsearchVectorStore store =
        ElasticsearchVectorStore.builder(ElasticsearchScenes.rest(url), new TwoDimensions())
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

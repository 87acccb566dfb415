package dev.coldstart.it.app;

import com.mongodb.client.model.CreateCollectionOptions;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.mongodb.IndexMapping;
import dev.langchain4j.store.embedding.mongodb.MongoDbEmbeddingStore;
import java.util.Set;

/** LangChain4j's store in MongoDB. Argument: the server's port. */
public final class MongoLangChain4jApp extends LangChain4jStoreScenes {
  private String port;

  @Override
  void begin(String[] args) {
    port = args[0];
  }

  @Override
  EmbeddingStore<TextSegment> store(String index) {
    // The server says of one index that it is there.
    boolean known = index.equals("handbook");
    return MongoDbEmbeddingStore.builder()
        .fromClient(MongoClientFor.port(port, 20))
        .databaseName("test")
        .collectionName("documents")
        .indexName("vector_index")
        .createIndex(!known)
        .indexMapping(IndexMapping.builder().dimension(2).metadataFieldNames(Set.of()).build())
        .createCollectionOptions(new CreateCollectionOptions())
        .build();
  }
}

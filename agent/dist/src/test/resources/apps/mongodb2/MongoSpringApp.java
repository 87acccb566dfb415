package dev.coldstart.it.app;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.mongodb.atlas.MongoDBAtlasVectorStore;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Spring AI's store in MongoDB. Argument: the server's port. */
public final class MongoSpringApp extends SpringStoreScenes {
  private String port;

  @Override
  void begin(String[] args) {
    port = args[0];
  }

  @Override
  VectorStore store(String index, EmbeddingModel embedding) {
    MongoTemplate template = new MongoTemplate(MongoClientFor.port(port, 20), "test");
    return MongoDBAtlasVectorStore.builder(template, embedding)
        .collectionName(index)
        .vectorIndexName("vector_index")
        .initializeSchema(!index.equals("handbook"))
        .build();
  }
}

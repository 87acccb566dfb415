package dev.coldstart.it.app;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.neo4j.Neo4jVectorStore;

/** Spring AI's store in Neo4j. Argument: the server's port. */
public final class Neo4jSpringApp extends SpringStoreScenes {
  private String port;

  @Override
  void begin(String[] args) {
    port = args[0];
  }

  @Override
  VectorStore store(String index, EmbeddingModel embedding) {
    return Neo4jVectorStore.builder(Neo4jDrivers.port("bolt", port, 20), embedding)
        .label(index)
        .indexName(index)
        .constraintName(index + "_id")
        .embeddingDimension(2)
        .initializeSchema(!index.equals("handbook"))
        .build();
  }
}

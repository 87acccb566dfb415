package dev.coldstart.it.app;

import dev.langchain4j.community.store.embedding.neo4j.Neo4jEmbeddingStore;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;

/** LangChain4j's store in Neo4j. Argument: the server's port. */
public final class Neo4jLangChain4jApp extends LangChain4jStoreScenes {
  private String port;

  @Override
  void begin(String[] args) {
    port = args[0];
  }

  @Override
  EmbeddingStore<TextSegment> store(String index) {
    return Neo4jEmbeddingStore.builder()
        .driver(Neo4jDrivers.port("bolt", port, 20))
        .dimension(2)
        .label(index)
        .indexName(index)
        // Without this it waits for no time at all.
        .awaitIndexTimeout(20)
        .build();
  }
}

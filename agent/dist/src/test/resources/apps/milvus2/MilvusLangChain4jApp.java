package dev.coldstart.it.app;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.milvus.MilvusEmbeddingStore;

/** LangChain4j's Milvus store. Argument: the server's port. */
public final class MilvusLangChain4jApp extends LangChain4jStoreScenes {
  private int port;

  @Override
  void begin(String[] args) {
    port = Integer.parseInt(args[0]);
  }

  @Override
  EmbeddingStore<TextSegment> store(String index) {
    return MilvusEmbeddingStore.builder()
        .host("127.0.0.1")
        .port(port)
        .username("user")
        .password("secret-word")
        .collectionName(index)
        .dimension(2)
        .build();
  }
}

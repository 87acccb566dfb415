package dev.coldstart.it.app;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.pinecone.PineconeEmbeddingStore;
import dev.langchain4j.store.embedding.pinecone.PineconeServerlessIndexConfig;

/**
 * LangChain4j's Pinecone store, which knows but one host. Argument: the port of a proxy that leads
 * there.
 */
public final class PineconeLangChain4jApp extends LangChain4jStoreScenes {
  @Override
  void begin(String[] args) {
    System.setProperty("https.proxyHost", "127.0.0.1");
    System.setProperty("https.proxyPort", args[0]);
  }

  @Override
  EmbeddingStore<TextSegment> store(String index) {
    return PineconeEmbeddingStore.builder()
        .apiKey("secret-word")
        .index(index)
        .createIndex(
            PineconeServerlessIndexConfig.builder()
                .cloud("AWS")
                .region("us-east-1")
                .dimension(2)
                .build())
        .build();
  }
}

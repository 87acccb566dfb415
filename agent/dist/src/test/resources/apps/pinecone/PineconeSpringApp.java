package dev.coldstart.it.app;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.pinecone.PineconeVectorStore;

/**
 * Spring AI's Pinecone store, which knows but one host. Argument: the port of a proxy that leads
 * there.
 */
public final class PineconeSpringApp extends SpringStoreScenes {
  @Override
  void begin(String[] args) {
    System.setProperty("https.proxyHost", "127.0.0.1");
    System.setProperty("https.proxyPort", args[0]);
  }

  @Override
  VectorStore store(String index, EmbeddingModel embedding) {
    return PineconeVectorStore.builder(embedding).apiKey("secret-word").indexName(index).build();
  }
}

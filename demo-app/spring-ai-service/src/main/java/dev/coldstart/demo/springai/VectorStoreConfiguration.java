package dev.coldstart.demo.springai;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.ai.chroma.vectorstore.ChromaApi;
import org.springframework.ai.chroma.vectorstore.ChromaVectorStore;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.client.RestClient;

/** The shop's handbook in Chroma. */
@Configuration(proxyBeanMethods = false)
@Lazy
class VectorStoreConfiguration {
  @Bean
  ChromaVectorStore vectorStore(
      ShopProperties shop, RestClient.Builder rest, ObjectMapper json, EmbeddingModel embeddings) {
    ChromaApi chroma =
        ChromaApi.builder()
            .baseUrl(shop.chromaUrl())
            .restClientBuilder(rest)
            .objectMapper(json)
            .build();
    return ChromaVectorStore.builder(chroma, embeddings)
        .tenantName("default_tenant")
        .databaseName("default_database")
        .collectionName(shop.collection())
        .build();
  }
}

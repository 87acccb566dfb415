package dev.coldstart.it.app;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.pgvector.PgVectorEmbeddingStore;

/** LangChain4j's pgvector store over a pool. Arguments: JDBC URL, user, password. */
public final class PgVectorLangChain4jApp extends LangChain4jStoreScenes {
  private String[] args;

  @Override
  void begin(String[] args) {
    this.args = args;
  }

  @Override
  EmbeddingStore<TextSegment> store(String index) {
    boolean there = index.equals("handbook");
    return PgVectorEmbeddingStore.datasourceBuilder()
        .datasource(HikariPools.of(args))
        .table(index)
        .skipCreateVectorExtension(there)
        .dimension(2)
        .createTable(!there)
        .useIndex(!there)
        .indexListSize(1)
        .build();
  }
}

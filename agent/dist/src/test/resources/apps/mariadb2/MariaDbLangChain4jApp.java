package dev.coldstart.it.app;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.mariadb.MariaDbEmbeddingStore;

/** LangChain4j's MariaDB store over a pool. Arguments: JDBC URL, user, password. */
public final class MariaDbLangChain4jApp extends LangChain4jStoreScenes {
  private String[] args;

  @Override
  void begin(String[] args) {
    this.args = args;
  }

  @Override
  EmbeddingStore<TextSegment> store(String index) {
    return MariaDbEmbeddingStore.builder()
        .datasource(HikariPools.of(args))
        .table(index)
        .dimension(2)
        .createTable(!index.equals("handbook"))
        .build();
  }
}

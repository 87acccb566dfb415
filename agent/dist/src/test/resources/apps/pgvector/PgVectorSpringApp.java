package dev.coldstart.it.app;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.pgvector.PgVectorStore;
import org.springframework.jdbc.core.JdbcTemplate;

/** Spring AI's pgvector store over a pool. Arguments: JDBC URL, user, password. */
public final class PgVectorSpringApp extends SpringStoreScenes {
  private String[] args;

  @Override
  void begin(String[] args) {
    this.args = args;
  }

  @Override
  VectorStore store(String index, EmbeddingModel embedding) {
    boolean there = index.equals("handbook");
    return PgVectorStore.builder(new JdbcTemplate(HikariPools.of(args)), embedding)
        .vectorTableName(index)
        .initializeSchema(!there)
        .vectorTableValidationsEnabled(there)
        .build();
  }
}

package dev.coldstart.it.app;

import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.vectorstore.VectorStore;
import org.springframework.ai.vectorstore.mariadb.MariaDBVectorStore;
import org.springframework.jdbc.core.JdbcTemplate;

/** Spring AI's MariaDB store over a pool. Arguments: JDBC URL, user, password. */
public final class MariaDbSpringApp extends SpringStoreScenes {
  private String[] args;

  @Override
  void begin(String[] args) {
    this.args = args;
  }

  @Override
  VectorStore store(String index, EmbeddingModel embedding) {
    boolean there = index.equals("handbook");
    return MariaDBVectorStore.builder(new JdbcTemplate(HikariPools.of(args)), embedding)
        // It looks for tables without one in a schema called "SCHEMA()". Ours is called like the user.
        .schemaName(args[1])
        .vectorTableName(index)
        .initializeSchema(!there)
        .schemaValidation(there)
        .build();
  }
}

package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL with pgvector, as LangChain4j and Spring AI use it: both create extension, table and
 * index as they are made, LangChain4j in the constructor, Spring AI in {@code afterPropertiesSet},
 * for which it may ask the embedding model for its dimensions. The driver tells the statements and
 * the connections; LangChain4j's store opens one for each search unless it is given a pool.
 */
public final class PgVector implements Library {
  private static final VectorStore STORE = new VectorStore("pgvector");
  private static final String SPRING = "org.springframework.ai.vectorstore.pgvector.";

  @Override
  public String name() {
    return "pgvector";
  }

  @Override
  public String testedVersions() {
    return "langchain4j-pgvector 1.13.0-beta23, spring-ai-pgvector-store 1.1.8";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes =
        new ArrayList<>(
            STORE.langChain4j("dev.langchain4j.store.embedding.pgvector.PgVectorEmbeddingStore"));
    probes.addAll(STORE.springAi(SPRING + "PgVectorStore"));
    probes.add(STORE.step("schema", SPRING + "PgVectorSchemaValidator", "validateTableSchema"));
    return probes;
  }
}

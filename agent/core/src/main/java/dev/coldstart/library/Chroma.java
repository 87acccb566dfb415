package dev.coldstart.library;

import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import java.util.List;

/**
 * The Chroma stores of LangChain4j and Spring AI. Both look up (and may create) tenant, database
 * and collection before the first search: LangChain4j in the store's constructor, Spring AI in
 * {@code afterPropertiesSet}.
 */
public final class Chroma implements Library {
  private static final String L4J = "dev.langchain4j.store.embedding.chroma.";
  private static final String SPRING = "org.springframework.ai.chroma.vectorstore.";

  @Override
  public String name() {
    return "chroma";
  }

  @Override
  public String testedVersions() {
    return "langchain4j-chroma 1.13.0-beta23, spring-ai-chroma-store 1.1.8";
  }

  @Override
  public List<Probe> probes() {
    Phase connect = Phase.VECTOR_STORE_CONNECT;
    Phase query = Phase.VECTOR_STORE_QUERY;
    return List.of(
        Probe.time(connect, "chroma connect", L4J + "ChromaEmbeddingStore", "<init>"),
        Probe.time(connect, "chroma connect", SPRING + "ChromaVectorStore", "afterPropertiesSet"),
        child(connect, "chroma tenant", "tenant"),
        child(connect, "chroma tenant", "getTenant"),
        child(connect, "chroma create tenant", "createTenant"),
        child(connect, "chroma database", "database"),
        child(connect, "chroma database", "getDatabase"),
        child(connect, "chroma create database", "createDatabase"),
        child(connect, "chroma collection", "collection"),
        child(connect, "chroma collection", "getCollection"),
        child(connect, "chroma create collection", "createCollection"),
        Probe.time(query, "chroma search", L4J + "ChromaEmbeddingStore", "search"),
        Probe.time(query, "chroma search", SPRING + "ChromaVectorStore", "doSimilaritySearch"),
        child(query, "chroma query", "queryCollection"));
  }

  /** One request of a client; the names of both frameworks' clients differ. */
  private static Probe child(Phase phase, String span, String method) {
    return Probe.time(phase, span, L4J + "ChromaClientV1", method)
        .alsoIn(L4J + "ChromaClientV2", SPRING + "ChromaApi");
  }
}

package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;

/**
 * The Chroma stores of LangChain4j and Spring AI. Both look up (and may create) tenant, database
 * and collection before the first search: LangChain4j in the store's constructor, Spring AI in
 * {@code afterPropertiesSet}.
 */
public final class Chroma implements Library {
  private static final String L4J = "dev.langchain4j.store.embedding.chroma.";
  private static final String SPRING = "org.springframework.ai.chroma.vectorstore.";
  private static final VectorStore STORE = new VectorStore("chroma");

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
    List<Probe> probes = new ArrayList<>(STORE.langChain4j(L4J + "ChromaEmbeddingStore"));
    probes.addAll(STORE.springAi(SPRING + "ChromaVectorStore"));
    probes.add(ofBoth(step("tenant", "tenant")));
    probes.add(ofBoth(step("tenant", "getTenant")));
    probes.add(ofBoth(step("create tenant", "createTenant")));
    probes.add(ofBoth(step("database", "database")));
    probes.add(ofBoth(step("database", "getDatabase")));
    probes.add(ofBoth(step("create database", "createDatabase")));
    probes.add(ofBoth(step("collection", "collection")));
    probes.add(ofBoth(step("collection", "getCollection")));
    probes.add(ofBoth(step("create collection", "createCollection")));
    probes.add(ofBoth(query("query", "queryCollection")));
    probes.add(ofBoth(query("upsert", "addEmbeddings")));
    probes.add(ofBoth(query("upsert", "upsertEmbeddings")));
    return probes;
  }

  private static Probe step(String what, String method) {
    return STORE.step(what, L4J + "ChromaClientV1", method);
  }

  private static Probe query(String what, String method) {
    return STORE.query(what, L4J + "ChromaClientV1", method);
  }

  /** One request of a client; the names of both frameworks' clients differ. */
  private static Probe ofBoth(Probe probe) {
    return probe.alsoIn(L4J + "ChromaClientV2", SPRING + "ChromaApi");
  }
}

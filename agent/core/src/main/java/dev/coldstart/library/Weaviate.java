package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Weaviate's client of versions 4 and 5, and the store of LangChain4j above. The client opens a
 * connection for each request; what it asks for is the class whose {@code run} it is.
 */
public final class Weaviate implements Library {
  private static final String CLIENT = "io.weaviate.client.";
  private static final String V1 = CLIENT + "v1.";
  private static final VectorStore STORE = new VectorStore("weaviate");

  @Override
  public String name() {
    return "weaviate";
  }

  @Override
  public String testedVersions() {
    return "client 4.8.3, 5.5.0, langchain4j-weaviate 1.13.0-beta23";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes =
        new ArrayList<>(
            STORE.langChain4j("dev.langchain4j.store.embedding.weaviate.WeaviateEmbeddingStore"));
    probes.add(STORE.step("client", CLIENT + "WeaviateClient", "<init>"));
    probes.add(STORE.step("version", V1 + "misc.api.MetaGetter", "run"));
    probes.add(STORE.step("class", V1 + "schema.api.ClassGetter", "run"));
    probes.add(STORE.step("create class", V1 + "schema.api.ClassCreator", "run"));
    probes.add(STORE.query("query", V1 + "graphql.query.Get", "run"));
    probes.add(STORE.query("write", V1 + "batch.api.ObjectsBatcher", "run"));
    return probes;
  }
}

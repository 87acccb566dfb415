package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Pinecone's client, and the stores of LangChain4j and Spring AI over it. Whoever wants to use an
 * index asks over HTTP where it is; what is asked of it then goes there over gRPC, whose connection
 * the first call opens. Spring AI's store asks where the index is before each search.
 */
public final class Pinecone implements Library {
  private static final VectorStore STORE = new VectorStore("pinecone");
  private static final String CLIENTS = "io.pinecone.clients.";
  private static final String CONTROL = CLIENTS + "Pinecone";
  private static final String FUTURES =
      "io.pinecone.proto.VectorServiceGrpc$VectorServiceFutureStub";

  @Override
  public String name() {
    return "pinecone";
  }

  @Override
  public String testedVersions() {
    return "3.1.0, 4.0.1, 6.1.0, langchain4j-pinecone 1.13.0-beta23,"
        + " spring-ai-pinecone-store 1.1.3";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    probes.addAll(
        STORE.langChain4j("dev.langchain4j.store.embedding.pinecone.PineconeEmbeddingStore"));
    probes.addAll(
        STORE.springAiAsMade("org.springframework.ai.vectorstore.pinecone.PineconeVectorStore"));
    probes.add(STORE.step("client", CONTROL + "$Builder", "build"));
    probes.add(STORE.connect(CONTROL, "getIndexConnection"));
    probes.add(STORE.connect(CONTROL, "getAsyncIndexConnection"));
    probes.add(STORE.step("index", CONTROL, "describeIndex"));
    probes.add(STORE.step("indexes", CONTROL, "listIndexes"));
    for (String method :
        List.of(
            "createServerlessIndex",
            "createPodsIndex",
            "createSparseServelessIndex",
            "createIndexForModel",
            "createByocIndex")) {
      probes.add(STORE.step("create index", CONTROL, method));
    }
    // What all kinds of queries lead through.
    query(probes, "query", "query");
    query(probes, "query", "fetch");
    query(probes, "upsert", "upsert");
    query(probes, "upsert", "update");
    return probes;
  }

  /** Futures are those of the stub: what the client makes of them is done when these have told. */
  private static void query(List<Probe> probes, String what, String method) {
    probes.add(STORE.query(what, CLIENTS + "Index", method));
    probes.add(STORE.asyncQuery(what, FUTURES, method));
  }
}

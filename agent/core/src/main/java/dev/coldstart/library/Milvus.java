package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Milvus: both clients of its SDK, which speak gRPC, and the stores of LangChain4j and Spring AI
 * over the older one. The constructors connect; the newer client's does not in 2.3. A client asks
 * again what failed, with pauses that are part of the interval.
 */
public final class Milvus implements Library {
  private static final VectorStore STORE = new VectorStore("milvus");
  private static final String V1 = "io.milvus.client.MilvusServiceClient";
  private static final String V2 = "io.milvus.v2.client.MilvusClientV2";
  private static final String STUBS = "io.milvus.grpc.MilvusServiceGrpc$MilvusService";
  private static final String SPRING = "org.springframework.ai.vectorstore.milvus.";

  @Override
  public String name() {
    return "milvus";
  }

  @Override
  public String testedVersions() {
    return "2.3.9, 2.6.22, langchain4j-milvus 1.13.0-beta23, spring-ai-milvus-store 1.1.3";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    probes.addAll(STORE.langChain4j("dev.langchain4j.store.embedding.milvus.MilvusEmbeddingStore"));
    probes.addAll(STORE.springAi(SPRING + "MilvusVectorStore"));
    probes.add(STORE.connect(V1, "<init>").alsoIn(V2));
    // Who the client is; the server answers with what it is.
    probes.add(STORE.step("handshake", STUBS + "BlockingStub", "connect"));
    // Also what inserting needs.
    probes.add(STORE.step("collection", STUBS + "BlockingStub", "describeCollection"));
    probes.add(step("version", "getVersion"));
    probes.add(step("version", "getServerVersion"));
    probes.add(step("collection", "hasCollection"));
    probes.add(step("index", "describeIndex"));
    probes.add(step("create collection", "createCollection"));
    probes.add(step("create index", "createIndex"));
    probes.add(step("load collection", "loadCollection"));
    probes.add(step("load collection", "getLoadState"));
    probes.add(query("query", "search"));
    probes.add(query("query", "hybridSearch"));
    probes.add(query("query", "query"));
    probes.add(query("insert", "insert"));
    probes.add(query("insert", "upsert"));
    // The older client's calls that return futures.
    probes.add(STORE.asyncQuery("query", STUBS + "FutureStub", "search"));
    probes.add(STORE.asyncQuery("query", STUBS + "FutureStub", "hybridSearch"));
    probes.add(STORE.asyncQuery("query", STUBS + "FutureStub", "query"));
    probes.add(STORE.asyncQuery("insert", STUBS + "FutureStub", "insert"));
    return probes;
  }

  private static Probe step(String what, String method) {
    return ofBoth(STORE.step(what, V1, method));
  }

  private static Probe query(String what, String method) {
    return ofBoth(STORE.query(what, V1, method));
  }

  private static Probe ofBoth(Probe probe) {
    return probe.alsoIn(V2).noting(new Answered());
  }

  /** The older client gives back what went wrong. */
  private static final class Answered implements Note {
    @Override
    public void note(Object self, Object[] args, Object result) {}

    @Override
    public Object failure(Object result) {
      return Read.path(result, "getException") instanceof Exception problem ? problem : null;
    }
  }
}

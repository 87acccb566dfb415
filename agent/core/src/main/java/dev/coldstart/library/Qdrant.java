package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Qdrant, whose client speaks gRPC, and the stores of LangChain4j and Spring AI over it. Building
 * the client asks for the server's version, unless it is told not to: then the first call connects.
 * Calls are timed at the stubs that are generated from Qdrant's description: what waits for the
 * client's futures goes on after those of the stubs have told theirs.
 */
public final class Qdrant implements Library {
  private static final VectorStore STORE = new VectorStore("qdrant");
  private static final String CLIENT = "io.qdrant.client.";
  private static final String POINTS = CLIENT + "grpc.PointsGrpc$Points";

  @Override
  public String name() {
    return "qdrant";
  }

  @Override
  public String testedVersions() {
    return "1.13.0, 1.18.3, langchain4j-qdrant 1.13.0-beta23, spring-ai-qdrant-store 1.1.8";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    probes.addAll(STORE.langChain4j("dev.langchain4j.store.embedding.qdrant.QdrantEmbeddingStore"));
    probes.addAll(STORE.springAi("org.springframework.ai.vectorstore.qdrant.QdrantVectorStore"));
    probes.add(STORE.connect(CLIENT + "QdrantGrpcClient", "newBuilder"));
    probes.add(STORE.connect(CLIENT + "QdrantGrpcClient$Builder", "build"));
    probes.add(step("version", "QdrantGrpc$Qdrant", "healthCheck"));
    probes.add(collections("collection", "collectionExists"));
    probes.add(collections("collection", "get"));
    probes.add(collections("collections", "list"));
    probes.add(collections("create collection", "create"));
    probes.add(step("create index", "PointsGrpc$Points", "createFieldIndex"));
    probes.add(stubs(STORE.asyncQuery("upsert", POINTS + "FutureStub", "upsert"), POINTS));
    for (String method :
        List.of(
            "query",
            "queryBatch",
            "queryGroups",
            "search",
            "searchBatch",
            "searchGroups",
            "recommend",
            "recommendBatch",
            "recommendGroups",
            "discover",
            "discoverBatch",
            "scroll",
            "get")) {
      probes.add(stubs(STORE.asyncQuery("query", POINTS + "FutureStub", method), POINTS));
    }
    return probes;
  }

  private static Probe collections(String what, String method) {
    return step(what, "CollectionsGrpc$Collections", method);
  }

  private static Probe step(String what, String service, String method) {
    String type = CLIENT + "grpc." + service;
    return stubs(STORE.asyncStep(what, type + "FutureStub", method), type);
  }

  /** The same for callers that wait. */
  private static Probe stubs(Probe probe, String type) {
    return probe.alsoIn(type + "BlockingStub", type + "BlockingV2Stub");
  }
}

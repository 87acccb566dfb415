package dev.coldstart.library;

import dev.coldstart.phase.Connect;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * MongoDB's synchronous driver, Atlas vector search by it, and the stores of LangChain4j and Spring
 * AI. A client connects for its first operation, which waits for a monitor in the background that
 * has to find a server first.
 */
public final class MongoDb implements Library {
  private static final VectorStore STORE = new VectorStore("mongodb");
  private static final String CONNECTION = "com.mongodb.internal.connection.";
  private static final String COLLECTION = "com.mongodb.client.internal.MongoCollectionImpl";
  private static final String L4J = "dev.langchain4j.store.embedding.mongodb.MongoDbEmbeddingStore";
  private static final String SPRING =
      "org.springframework.ai.vectorstore.mongodb.atlas.MongoDBAtlasVectorStore";

  @Override
  public String name() {
    return "mongodb";
  }

  @Override
  public String testedVersions() {
    return "4.11.1, 5.14.0, langchain4j-mongodb-atlas 1.13.0-beta23,"
        + " spring-ai-mongodb-atlas-store 1.1.3";
  }

  @Override
  public List<Probe> probes() {
    Phase connect = Phase.DB_CONNECT;
    List<Probe> probes = new ArrayList<>();
    probes.addAll(STORE.langChain4j(L4J));
    probes.add(STORE.step("collection", L4J, "isCollectionExist"));
    probes.add(STORE.step("create collection", L4J, "createCollection"));
    probes.add(STORE.step("index", L4J, "indexExists"));
    probes.add(STORE.step("create index", L4J, "createIndex"));
    probes.add(STORE.step("index ready", L4J, "waitForIndex"));
    probes.addAll(STORE.springAi(SPRING));
    probes.add(STORE.step("create index", SPRING, "createSearchIndex"));
    probes.add(STORE.step("create index", COLLECTION, "executeCreateSearchIndexes"));
    probes.add(
        Probe.time(connect, "mongodb server selection", CONNECTION + "BaseCluster", "selectServer")
            .taking("OperationContext;)")
            .noting(new Unknown()));
    probes.add(
        Probe.time(connect, "mongodb connect", CONNECTION + "InternalStreamConnection", "open"));
    probes.add(
        Probe.time(
            connect,
            "mongodb hello",
            CONNECTION + "InternalStreamConnectionInitializer",
            "startHandshake"));
    probes.add(
        Probe.connect(Connect.AUTH, CONNECTION + "SaslAuthenticator", "authenticate")
            .alsoIn(CONNECTION + "DefaultAuthenticator", CONNECTION + "X509Authenticator"));
    probes.add(
        STORE
            .query("query", "com.mongodb.internal.operation.AggregateOperation", "execute")
            .noting(new OfVectors()));
    return probes;
  }

  /** No server is known yet; later it is there at once. */
  private static final class Unknown implements Note {
    @Override
    public boolean wants(Object self, Object[] args) {
      Object type = Read.path(self, "getCurrentDescription", "getType");
      return type instanceof Enum<?> known && known.name().equals("UNKNOWN");
    }

    @Override
    public void note(Object self, Object[] args, Object result) {}
  }

  /** The first stage of a pipeline says that vectors are searched. */
  private static final class OfVectors implements Note {
    @Override
    public boolean wants(Object self, Object[] args) {
      return Read.list(self, "getPipeline") instanceof List<?> pipeline
          && !pipeline.isEmpty()
          && pipeline.get(0) instanceof Map<?, ?> stage
          && stage.containsKey("$vectorSearch");
    }

    @Override
    public void note(Object self, Object[] args, Object result) {}
  }
}

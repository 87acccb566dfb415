package dev.coldstart.library;

import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.Read;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Weaviate's clients, and the stores of LangChain4j and Spring AI above those of versions 4 and 5.
 * They open a connection for each request; what they ask for is the class whose {@code run} it is.
 * Version 6 asks the server as it is made, over HTTP, and searches over gRPC, whose connection its
 * first search opens.
 */
public final class Weaviate implements Library {
  private static final String CLIENT = "io.weaviate.client.";
  private static final String V1 = CLIENT + "v1.";
  private static final String CLIENT6 = "io.weaviate.client6.v1.";
  private static final String COLLECTIONS = CLIENT6 + "api.collections.";
  private static final String SPRING = "org.springframework.ai.vectorstore.weaviate.";
  private static final VectorStore STORE = new VectorStore("weaviate");

  @Override
  public String name() {
    return "weaviate";
  }

  @Override
  public String testedVersions() {
    return "client 4.8.3, 5.5.0, client6 6.3.0, langchain4j-weaviate 1.13.0-beta23,"
        + " spring-ai-weaviate-store 1.1.3";
  }

  @Override
  public List<Probe> probes() {
    List<Probe> probes =
        new ArrayList<>(
            STORE.langChain4j("dev.langchain4j.store.embedding.weaviate.WeaviateEmbeddingStore"));
    probes.addAll(STORE.springAiAsMade(SPRING + "WeaviateVectorStore"));
    probes.add(
        STORE
            .step("client", CLIENT + "WeaviateClient", "<init>")
            .alsoIn(CLIENT6 + "api.WeaviateClient", CLIENT6 + "api.WeaviateClientAsync"));
    probes.add(answered(STORE.step("version", V1 + "misc.api.MetaGetter", "run")));
    probes.add(answered(STORE.step("class", V1 + "schema.api.ClassGetter", "run")));
    probes.add(answered(STORE.step("create class", V1 + "schema.api.ClassCreator", "run")));
    probes.add(
        answered(STORE.query("query", V1 + "graphql.query.Get", "run"))
            .alsoIn(V1 + "graphql.query.Raw"));
    probes.add(answered(STORE.query("write", V1 + "batch.api.ObjectsBatcher", "run")));
    version6(probes);
    return probes;
  }

  private static Probe answered(Probe probe) {
    return probe.noting(new Answered());
  }

  private static void version6(List<Probe> probes) {
    String rest = CLIENT6 + "internal.rest.DefaultRestTransport";
    probes.add(STORE.step("server", rest, "performRequest").noting(new OfTheServer()));
    probes.add(STORE.asyncStep("server", rest, "performRequestAsync").noting(new OfTheServer()));
    for (String method : List.of("getConfig", "list")) {
      step(probes, "collection", "WeaviateCollectionsClient", method);
    }
    step(probes, "create collection", "WeaviateCollectionsClient", "create");
    // What all kinds of searches lead through.
    for (String client :
        List.of(
            "query.WeaviateQueryClient",
            "generate.WeaviateGenerateClient",
            "aggregate.WeaviateAggregateClient")) {
      query(probes, "query", client, "performRequest");
    }
    query(probes, "query", "query.WeaviateQueryClient", "fetchObjectById");
    for (String method : List.of("insert", "insertMany", "update", "replace")) {
      query(probes, "write", "data.WeaviateDataClient", method);
    }
  }

  /** A method of a client that waits, and of the one that gives a future. */
  private static void step(List<Probe> probes, String what, String client, String method) {
    probes.add(STORE.step(what, COLLECTIONS + client, method));
    probes.add(STORE.asyncStep(what, COLLECTIONS + client + "Async", method));
  }

  private static void query(List<Probe> probes, String what, String client, String method) {
    probes.add(STORE.query(what, COLLECTIONS + client, method));
    probes.add(STORE.asyncQuery(what, COLLECTIONS + client + "Async", method));
  }

  /**
   * What is asked of the server itself has no request object: whether it lives and its version, as
   * each client does at first; and who its users are.
   */
  private static final class OfTheServer implements Note {
    @Override
    public boolean wants(Object self, Object[] args) {
      return args[0] == null;
    }

    @Override
    public void note(Object self, Object[] args, Object result) {}
  }

  /** Versions 4 and 5 give back what went wrong: an exception, or the status of the answer. */
  private static final class Answered implements Note {
    private static final int NOT_FOUND = 404;

    @Override
    public void note(Object self, Object[] args, Object result) {}

    @Override
    public Object failure(Object result) {
      Object error = Read.path(result, "getError");
      if (Read.path(error, "getMessages", "getThrowable") instanceof Throwable thrown) {
        return thrown;
      }
      Object status = Read.path(error, "getStatusCode");
      // Whether there is such a class is asked so.
      return status instanceof Integer code && code == NOT_FOUND ? null : status;
    }
  }
}

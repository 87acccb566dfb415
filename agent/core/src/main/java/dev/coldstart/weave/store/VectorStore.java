package dev.coldstart.weave.store;

import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Probe;
import java.util.List;

/**
 * The probes that vector stores have in common, under the store's name: "chroma connect", "chroma
 * create collection", "chroma search". Immutable.
 *
 * <p>To connect is whatever makes a client usable: building it, which may open connections or not,
 * asking for versions, looking for what is to be searched and creating it. What is asked of a
 * connected store after that is a query, adding to it too. Where the first query opens the
 * connection, the network's own intervals in it tell how much of it was connecting.
 */
public final class VectorStore {
  private final String name;

  /**
   * A store.
   *
   * @param name as people write it, in lower case
   */
  public VectorStore(String name) {
    this.name = name;
  }

  /** Building a client or store, or a method that makes it usable. */
  public Probe connect(String type, String method) {
    return step("connect", type, method);
  }

  /**
   * A part of connecting that has a name.
   *
   * @param what "version", "create index"; what creates something begins with "create"
   */
  public Probe step(String what, String type, String method) {
    return Probe.time(Phase.VECTOR_STORE_CONNECT, span(what), type, method);
  }

  /**
   * Something asked of a connected store.
   *
   * @param what "search", "add"
   */
  public Probe query(String what, String type, String method) {
    return Probe.time(Phase.VECTOR_STORE_QUERY, span(what), type, method);
  }

  /** The same as {@link #step} of a method that returns a future. */
  public Probe asyncStep(String what, String type, String method) {
    return Probe.timeAsync(Phase.VECTOR_STORE_CONNECT, span(what), type, method);
  }

  /** The same as {@link #query} of a method that returns a future. */
  public Probe asyncQuery(String what, String type, String method) {
    return Probe.timeAsync(Phase.VECTOR_STORE_QUERY, span(what), type, method);
  }

  /**
   * An {@code EmbeddingStore} of LangChain4j: its constructors, searching, and adding, which all
   * ways lead through the one method with ids, embeddings and texts.
   *
   * @param subclasses where the constructors are those of subclasses
   */
  public List<Probe> langChain4j(String type, String... subclasses) {
    return List.of(
        connect(type, "<init>").alsoIn(subclasses),
        query("search", type, "search"),
        add(type, "addAll").arity(3));
  }

  /** A {@code VectorStore} of Spring AI that prepares itself as Spring's container asks for. */
  public List<Probe> springAi(String type) {
    return springAi(type, "afterPropertiesSet");
  }

  /** One that is ready when its constructor returns. */
  public List<Probe> springAiAsMade(String type) {
    return springAi(type, "<init>");
  }

  private List<Probe> springAi(String type, String prepares) {
    return List.of(
        connect(type, prepares), query("search", type, "doSimilaritySearch"), add(type, "doAdd"));
  }

  private Probe add(String type, String method) {
    return query("add", type, method);
  }

  /** What an interval of this store is called. */
  public String span(String what) {
    return name + ' ' + what;
  }
}

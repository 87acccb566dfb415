package dev.coldstart.library;

import dev.coldstart.phase.Connect;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.net.Opening;
import dev.coldstart.weave.store.Statement;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;

/**
 * The driver of Apache Cassandra (4.x), searches for vectors by CQL, and the stores of LangChain4j
 * and Spring AI. Building a session opens the first connection, asks for topology and schema by it,
 * and fills the pools.
 */
public final class Cassandra implements Library {
  private static final VectorStore STORE = new VectorStore("cassandra");
  private static final String L4J =
      "dev.langchain4j.store.embedding.cassandra.CassandraEmbeddingStore";
  private static final String SPRING =
      "org.springframework.ai.vectorstore.cassandra.CassandraVectorStore";
  private static final String CORE = "com.datastax.oss.driver.internal.core.";
  private static final String HANDLER = CORE + "channel.ProtocolInitHandler";
  private static final String INIT = HANDLER + "$InitRequest";
  private static final String BUILDER = "com.datastax.oss.driver.api.core.session.SessionBuilder";

  /** What orders rows by the distance of vectors. */
  private static final List<String> NEAREST = List.of(" ann of ");

  private static final At[] TEXT = {
    At.argument(0, "getQuery"), At.argument(0, "getPreparedStatement", "getQuery")
  };

  @Override
  public String name() {
    return "cassandra";
  }

  @Override
  public String testedVersions() {
    return "driver 4.17.0, 4.19.3, langchain4j-cassandra 0.29.1, spring-ai-cassandra-store 1.1.3";
  }

  @Override
  public List<Probe> probes() {
    Phase connect = Phase.DB_CONNECT;
    List<Probe> probes = new ArrayList<>();
    probes.add(Probe.timeAsync(connect, "cassandra session", BUILDER, "buildAsync"));
    probes.add(
        Probe.timeAsync(connect, "cassandra connection", CORE + "channel.ChannelFactory", "connect")
            .arity(2));
    probes.add(
        Probe.timeAsync(
            connect, "cassandra schema", CORE + "metadata.MetadataManager", "refreshSchema"));
    Opening auth = new Opening();
    probes.add(
        Probe.read(INIT, "buildAuthenticator", auth.begins(At.self())).connecting(Connect.AUTH));
    probes.add(Probe.read(INIT, "onResponse", auth.endsIf(new Accepted(), At.self())));
    probes.add(Probe.read(INIT, "fail", auth.fails(At.argument(1), At.self())));
    // Connections are made on the threads of Netty.
    probes.addAll(Probe.bound(List.of(HANDLER), "onRealConnect"));
    probes.addAll(Probe.bound(List.of(INIT), "onResponse", "send"));
    statements(probes);
    stores(probes);
    return probes;
  }

  private static void statements(List<Probe> probes) {
    String session = CORE + "session.DefaultSession";
    probes.add(
        STORE.asyncQuery("query", session, "execute").noting(Statement.holding(NEAREST, TEXT)));
    for (String created : new String[] {"keyspace", "table", "index", "custom index"}) {
      String words = "create " + created;
      probes.add(
          Probe.time(Connect.PHASE, words, session, "execute")
              .noting(Statement.beginning(words, TEXT)));
    }
  }

  /** Building one opens a session, unless it is given one; then it looks for its table. */
  private static void stores(List<Probe> probes) {
    for (String store : new String[] {L4J, SPRING}) {
      probes.add(STORE.connect(store + "$Builder", "build"));
      probes.add(STORE.step("table", store, "<init>"));
    }
    probes.add(STORE.query("search", SPRING, "doSimilaritySearch"));
    probes.add(STORE.query("add", SPRING, "doAdd"));
    probes.add(STORE.query("search", L4J, "findRelevant"));
    probes.add(STORE.query("add", L4J, "add"));
    probes.add(STORE.query("add", L4J, "addAll"));
  }

  /** The server's answer may also be a question, or no. */
  private static final class Accepted implements Opening.Done {
    @Override
    public boolean isSo(Object self, Object[] args, Object result) {
      return args[0] != null && args[0].getClass().getSimpleName().equals("AuthSuccess");
    }
  }
}

package dev.coldstart.library;

import dev.coldstart.phase.Connect;
import dev.coldstart.phase.Phase;
import dev.coldstart.weave.At;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Note;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.net.Opening;
import dev.coldstart.weave.store.Statement;
import dev.coldstart.weave.store.VectorStore;
import java.util.ArrayList;
import java.util.List;

/**
 * Neo4j's driver, and the vector stores of LangChain4j and Spring AI over it. A driver opens
 * nothing before its first statement. A statement lasts until the first records have come, or all
 * of them; most are no search, and are not told.
 */
public final class Neo4j implements Library {
  private static final VectorStore STORE = new VectorStore("neo4j");
  private static final String DRIVER = "org.neo4j.driver.internal.";
  private static final String BOLT = "org.neo4j.bolt.connection.";
  private static final String NETTY = BOLT + "netty.impl.";
  private static final String PULLED = DRIVER + "handlers.pulln.BasicPullResponseHandler";
  private static final String CURSOR = DRIVER + "cursor.ResultCursorImpl";

  /** What searches an index, or compares each vector where there is none, as it is called. */
  private static final List<String> OF_VECTORS =
      List.of(
          "db.index.vector.queryNodes(",
          "db.index.vector.queryRelationships(",
          "vector.similarity.cosine(",
          "vector.similarity.euclidean(");

  private static final At TEXT = At.argument(0, "text");

  @Override
  public String name() {
    return "neo4j";
  }

  @Override
  public String testedVersions() {
    return "driver 4.4.20, 5.28.9, 6.2.1, langchain4j-community-neo4j 1.9.0-beta16,"
        + " spring-ai-neo4j-store 1.1.3";
  }

  @Override
  public List<Probe> probes() {
    Phase connect = Phase.DB_CONNECT;
    List<Probe> probes = new ArrayList<>();
    probes.addAll(
        STORE.langChain4j("dev.langchain4j.community.store.embedding.neo4j.Neo4jEmbeddingStore"));
    probes.addAll(STORE.springAi("org.springframework.ai.vectorstore.neo4j.Neo4jVectorStore"));
    probes.add(Probe.time(connect, "neo4j driver", "org.neo4j.driver.GraphDatabase", "driver"));
    probes.add(
        Probe.timeAsync(
            connect, "neo4j verify", DRIVER + "InternalDriver", "verifyConnectivityAsync"));
    probes.add(
        Probe.timeAsync(
                connect,
                "neo4j routing",
                BOLT + "routed.impl.cluster.RediscoveryImpl",
                "lookupClusterComposition")
            .alsoIn(DRIVER + "cluster.RediscoveryImpl")
            .taking(")Ljava/util/concurrent/CompletionStage;"));
    probes.add(
        Probe.timeAsync(
            connect, "neo4j connection", NETTY + "NettyBoltConnectionProvider", "connect"));
    // Before what it is a part of, which ends with the same method.
    auth(probes);
    connectionOf4(probes);
    statements(probes);
    return probes;
  }

  /** Version 4 has the promise that it gives, also with the handler of the last answer. */
  private static void connectionOf4(List<Probe> probes) {
    Opening connection = new Opening();
    String hello = DRIVER + "handlers.HelloResponseHandler";
    probes.add(
        Probe.read(
                DRIVER + "async.connection.ChannelConnectorImpl",
                "connect",
                connection.begins(At.result()))
            .recording(Phase.DB_CONNECT, "neo4j connection"));
    probes.add(
        Probe.read(
            DRIVER + "messaging.v3.BoltProtocolV3",
            "initializeChannel",
            connection.goesOn(At.lastArgument())));
    probes.add(Probe.read(hello, "<init>", connection.alsoIs(At.argument(0), At.self())));
    probes.add(Probe.read(hello, "onSuccess", connection.endsBefore(At.self())));
    probes.add(
        Probe.read(
            DRIVER + "shaded.io.netty.channel.DefaultChannelPromise",
            "setFailure",
            connection.fails(At.argument(0), At.self())));
  }

  /** Credentials go with the first message, or since Bolt 5.1 with one right behind it. */
  private static void auth(List<Probe> probes) {
    Opening auth = new Opening();
    String logon = NETTY + "handlers.LogonResponseHandler";
    String[] hello = {
      NETTY + "handlers.HelloResponseHandler", DRIVER + "handlers.HelloResponseHandler"
    };
    probes.add(
        Probe.read(logon, "<init>", auth.begins(At.self())).alsoIn(hello).connecting(Connect.AUTH));
    probes.add(Probe.read(logon, "onSuccess", auth.endsBefore(At.self())).alsoIn(hello));
    probes.add(Probe.read(logon, "onFailure", auth.fails(At.argument(0), At.self())).alsoIn(hello));
  }

  private static void statements(List<Probe> probes) {
    Opening asked = new Opening();
    Phase query = Phase.VECTOR_STORE_QUERY;
    Phase connect = Phase.VECTOR_STORE_CONNECT;
    probes.add(running(asked, Statement.holding(OF_VECTORS, TEXT)).recording(query, "neo4j query"));
    probes.add(running(asked, beginning("show vector index")).recording(connect, "neo4j index"));
    probes.add(
        running(asked, beginning("create vector index")).recording(connect, "neo4j create index"));
    // What a store may need beside vectors, or a database that is none.
    for (String created : new String[] {"index", "fulltext index", "constraint"}) {
      probes.add(
          running(asked, beginning("create " + created))
              .recording(Connect.PHASE, "create " + created));
    }
    probes.add(
        running(asked, beginning("show constraint")).recording(Connect.PHASE, "constraints"));
    probes.add(
        running(asked, beginning("call db.awaitindex")).recording(Connect.PHASE, "index ready"));
    // What the answer comes to knows the statement.
    probes.add(Probe.read(CURSOR, "<init>", asked.alsoIs(At.argument(1), At.self())));
    probes.add(Probe.read(PULLED, "<init>", asked.alsoIs(At.argument(0), At.self())));
    probes.add(Probe.read(CURSOR, "onPullSummary", asked.endsBefore(At.self())));
    probes.add(Probe.read(CURSOR, "onDiscardSummary", asked.endsBefore(At.self())));
    probes.add(Probe.read(PULLED, "onSuccess", asked.endsBefore(At.self())));
    probes.add(Probe.read(CURSOR, "onError", asked.fails(At.argument(0), At.self())));
    probes.add(Probe.read(PULLED, "onFailure", asked.fails(At.argument(0), At.self())));
  }

  private static Probe running(Opening asked, Note which) {
    return Probe.read(
            DRIVER + "async.NetworkSession", "runAsync", asked.beginsAsync(which, At.argument(0)))
        .alsoIn(DRIVER + "async.UnmanagedTransaction")
        .replacingResult();
  }

  private static Note beginning(String words) {
    return Statement.beginning(words, TEXT);
  }
}

package dev.coldstart.it.app;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.configuration.ssl.ClientAuth;
import org.neo4j.configuration.ssl.SslPolicyConfig;
import org.neo4j.configuration.ssl.SslPolicyScope;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;
import org.neo4j.graphdb.GraphDatabaseService;

/**
 * A real Neo4j that speaks Bolt on 127.0.0.1, with a password. Arguments: a folder for its data,
 * the password, a folder with "key.pem" and "certificates.pem" for clients that want TLS. Its line "neo4j=" tells the port. The vectors that are there are those of label and
 * index "handbook"; "/forget" drops all others.
 */
public final class Neo4jServer implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) throws Exception {
    // Known before it starts, because clients are told it again.
    SocketAddress address = new SocketAddress("127.0.0.1", free());
    SslPolicyConfig tls = SslPolicyConfig.forScope(SslPolicyScope.BOLT);
    Path keys = Path.of(args[2]);
    DatabaseManagementService server =
        new DatabaseManagementServiceBuilder(Path.of(args[0]))
            .setConfig(BoltConnector.enabled, true)
            .setConfig(BoltConnector.listen_address, address)
            .setConfig(BoltConnector.advertised_address, address)
            .setConfig(BoltConnector.encryption_level, BoltConnector.EncryptionLevel.OPTIONAL)
            .setConfig(tls.enabled, true)
            .setConfig(tls.base_directory, keys)
            .setConfig(tls.private_key, keys.resolve("key.pem"))
            .setConfig(tls.public_certificate, keys.resolve("certificates.pem"))
            .setConfig(tls.client_auth, ClientAuth.NONE)
            .setConfig(GraphDatabaseSettings.auth_enabled, true)
            // Each test may be wrong as often as it likes.
            .setConfig(GraphDatabaseSettings.auth_max_failed_attempts, 0)
            .setConfig(GraphDatabaseSettings.pagecache_memory, 16L << 20)
            .build();
    server
        .database("system")
        .executeTransactionally(
            "ALTER USER neo4j SET PASSWORD $password CHANGE NOT REQUIRED",
            Map.of("password", args[1]));
    GraphDatabaseService graph = server.database("neo4j");
    graph.executeTransactionally(
        "CREATE VECTOR INDEX handbook FOR (n:handbook) ON (n.embedding) OPTIONS {indexConfig:"
            + " {`vector.dimensions`: 2, `vector.similarity_function`: 'cosine'}}");
    graph.executeTransactionally("CREATE CONSTRAINT FOR (n:handbook) REQUIRE n.id IS UNIQUE");
    graph.executeTransactionally(
        "CREATE (n:handbook {id: '1', text: 'Text', embedding: [1.0, 0.0]})");
    graph.executeTransactionally("CALL db.awaitIndexes(30)");
    scenes.add("/forget", out -> forget(graph));
    Work.say("neo4j=" + address.getPort());
  }

  private static void forget(GraphDatabaseService graph) {
    graph.executeTransactionally("MATCH (n) WHERE NOT n:handbook DETACH DELETE n");
    drop(graph, "CONSTRAINT", "");
    // Those for labels are the database's own.
    drop(graph, "INDEX", " AND type <> 'LOOKUP'");
  }

  private static void drop(GraphDatabaseService graph, String what, String also) {
    graph
        .executeTransactionally(
            "SHOW "
                + what
                + " YIELD name, type, labelsOrTypes WHERE labelsOrTypes <> ['handbook']"
                + also,
            Map.of(),
            found -> found.stream().map(row -> (String) row.get("name")).toList())
        .forEach(name -> graph.executeTransactionally("DROP " + what + " `" + name + "`"));
  }

  private static int free() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}

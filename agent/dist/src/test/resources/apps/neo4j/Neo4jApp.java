package dev.coldstart.it.app;

import java.util.List;
import java.util.Map;
import org.neo4j.driver.Driver;
import org.neo4j.driver.Session;

/** Neo4j's driver. Arguments: see {@link Unusable}. */
public final class Neo4jApp implements Scenes.App {
  private static final String SEARCH =
      "CALL db.index.vector.queryNodes($index, 1, $vector) YIELD node, score RETURN node.id, score";

  private Driver driver;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    StoreScenes.add(
        scenes,
        "",
        (index, create) -> {
          driver = Neo4jDrivers.port("bolt", args[0], 20);
          if (create) {
            create(driver, index);
          }
          return () -> search(driver, index, create);
        });
    // With the first connection a driver of this kind asks where the others are.
    scenes.add(
        "/routed",
        out -> {
          try (Driver routed = Neo4jDrivers.port("neo4j", args[0], 20)) {
            routed.verifyConnectivity();
            search(routed, "handbook", false);
          }
        });
    scenes.add(
        "/tls",
        out -> {
          try (Driver secret = Neo4jDrivers.port("bolt+s", args[0], 20)) {
            search(secret, "handbook", false);
          }
        });
    scenes.add("/transaction", out -> inTransaction(driver));
    scenes.add("/later", out -> check(Neo4jAsync.run(driver, SEARCH, parameters("handbook")), false));
    scenes.add("/compared", out -> compared(driver));
    // No vectors.
    scenes.add(
        "/plain",
        out -> {
          try (Driver own = Neo4jDrivers.port("bolt", args[0], 20);
              Session session = own.session()) {
            session.run("CREATE INDEX names IF NOT EXISTS FOR (n:Person) ON (n.name)").consume();
            session.run("RETURN 'queryNodes' AS db").list();
            session
                .run("SHOW PROCEDURES YIELD name WHERE name = 'db.index.vector.queryNodes'")
                .list();
          }
        });
    scenes.add(
        "/wrong",
        out -> {
          try (Session session = driver.session()) {
            session.run(SEARCH, Map.of("index", "unknown", "vector", List.of(0.6, 0.8))).list();
          } catch (org.neo4j.driver.exceptions.ClientException e) {
            out.write("failed");
          }
        });
    Unusable.add(
        scenes,
        args,
        port -> {
          try (Driver unusable = Neo4jDrivers.port("bolt", port, 2)) {
            search(unusable, "handbook", false);
          }
        });
  }

  private static void create(Driver driver, String index) {
    try (Session session = driver.session()) {
      session
          .run(
              "CREATE VECTOR INDEX `"
                  + index
                  + "` FOR (n:New) ON (n.embedding) OPTIONS {indexConfig: {`vector.dimensions`: 2,"
                  + " `vector.similarity_function`: 'cosine'}}")
          .consume();
      session.run("CALL db.awaitIndexes(20)").consume();
    }
  }

  private static void search(Driver driver, String index, boolean empty) {
    try (Session session = driver.session()) {
      check(session.run(SEARCH, parameters(index)).list(), empty);
    }
  }

  private static void inTransaction(Driver driver) {
    try (Session session = driver.session();
        var transaction = session.beginTransaction()) {
      check(transaction.run(SEARCH, parameters("handbook")).list(), false);
      transaction.commit();
    }
  }

  private static void compared(Driver driver) {
    try (Session session = driver.session()) {
      session
          .run(
              "MATCH (n:handbook) RETURN n.id ORDER BY vector.similarity.cosine(n.embedding,"
                  + " $vector)",
              parameters("handbook"))
          .list();
    }
  }

  private static Map<String, Object> parameters(String index) {
    return Map.of("index", index, "vector", List.of(0.6, 0.8));
  }

  private static void check(List<?> found, boolean empty) {
    if (found.isEmpty() != empty) {
      throw new IllegalStateException("found " + found.size());
    }
  }
}

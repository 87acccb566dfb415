package dev.coldstart.it.app;

import java.util.concurrent.TimeUnit;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;

/** Drivers of a server on this machine. */
final class Neo4jDrivers {
  private Neo4jDrivers() {}

  /** A driver that gives up after some seconds. */
  static Driver port(String scheme, String port, int seconds) {
    return GraphDatabase.driver(
        scheme + "://127.0.0.1:" + port,
        AuthTokens.basic("neo4j", System.getProperty("neo4j.password", "secret-word")),
        Config.builder()
            .withConnectionTimeout(seconds, TimeUnit.SECONDS)
            .withConnectionAcquisitionTimeout(seconds, TimeUnit.SECONDS)
            .withMaxTransactionRetryTime(0, TimeUnit.SECONDS)
            .build());
  }
}

package dev.coldstart.it.app;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Cassandra's driver. Argument: the server's port. */
public final class CassandraApp implements Scenes.App {
  private static final String SEARCH =
      "SELECT id FROM test.handbook ORDER BY vector ANN OF [0.6, 0.8] LIMIT 1";

  private CqlSession session;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    scenes.add(
        "/connect",
        out -> {
          session = session(args[0]);
          // No search for vectors: no phase of its own.
          session.execute("SELECT id FROM test.handbook");
        });
    scenes.add("/search", out -> session.execute(SEARCH));
    scenes.add("/later", out -> session.executeAsync(SEARCH).toCompletableFuture().get());
  }

  private static CqlSession session(String port) {
    Duration limit = Duration.ofSeconds(20);
    return CqlSession.builder()
        .addContactPoint(new InetSocketAddress("127.0.0.1", Integer.parseInt(port)))
        .withLocalDatacenter("dc1")
        .withAuthCredentials("user", "secret-word")
        .withConfigLoader(
            DriverConfigLoader.programmaticBuilder()
                .withDuration(DefaultDriverOption.CONNECTION_CONNECT_TIMEOUT, limit)
                .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, limit)
                .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, limit)
                .build())
        .build();
  }
}

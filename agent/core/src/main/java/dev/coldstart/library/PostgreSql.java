package dev.coldstart.library;

import dev.coldstart.phase.Phase;
import dev.coldstart.weave.Library;
import dev.coldstart.weave.Probe;
import dev.coldstart.weave.store.SchemaSteps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The PostgreSQL JDBC driver: connecting, with TLS and authentication as children, and creating.
 */
public final class PostgreSql implements Library {
  private static final String FACTORY = "org.postgresql.core.v3.ConnectionFactoryImpl";

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public String testedVersions() {
    return "42.7.7";
  }

  @Override
  public List<Probe> probes() {
    Phase phase = Phase.DB_CONNECT;
    List<Probe> probes =
        new ArrayList<>(SchemaSteps.in("org.postgresql.jdbc.PgStatement", "executeCachedSql"));
    Collections.addAll(
        probes,
        // Not connect(): DriverManager asks each driver, also with the URLs of others.
        Probe.time(phase, "postgresql connect", "org.postgresql.Driver", "makeConnection"),
        Probe.time(phase, "tcp", "org.postgresql.core.PGStream", "createSocket"),
        // Not enableSSL(), which is called without TLS too.
        Probe.time(phase, "tls", "org.postgresql.ssl.MakeSSL", "convert"),
        Probe.time(phase, "auth", FACTORY, "doAuthentication"),
        Probe.time(phase, "initial queries", FACTORY, "runInitialQueries"));
    return probes;
  }
}

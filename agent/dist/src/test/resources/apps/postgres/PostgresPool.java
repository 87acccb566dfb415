package dev.coldstart.it.app;

import com.zaxxer.hikari.HikariDataSource;

/** A HikariCP pool with one connection. Arguments: JDBC URL, user, password. */
public final class PostgresPool extends Pooled {
  private final HikariDataSource pool = new HikariDataSource();

  @Override
  protected void open(String[] args) {
    pool.setJdbcUrl(args[0]);
    pool.setUsername(args[1]);
    pool.setPassword(args[2]);
    pool.setMaximumPoolSize(1);
  }

  @Override
  protected AutoCloseable take() throws Exception {
    return pool.getConnection();
  }
}

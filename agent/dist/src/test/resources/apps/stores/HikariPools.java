package dev.coldstart.it.app;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;

/** A pool of HikariCP that opens its one connection when it is first asked for it. */
final class HikariPools {
  private HikariPools() {}

  /** Arguments: JDBC URL, user, password. */
  static DataSource of(String... args) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(args[0]);
    pool.setUsername(args[1]);
    pool.setPassword(args[2]);
    pool.setMaximumPoolSize(1);
    return pool;
  }
}

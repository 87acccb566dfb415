package dev.coldstart.it.app;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Ways to the first connection. Arguments: JDBC URL, user, password. */
public final class PostgresApp implements Scenes.App {
  private DataSource kept;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    scenes.add(
        "/plain", out -> use(DriverManager.getConnection(args[0], args[1], args[2])));
    scenes.add(
        "/eager",
        out -> {
          HikariConfig config = new HikariConfig();
          config.setJdbcUrl(args[0]);
          config.setUsername(args[1]);
          config.setPassword(args[2]);
          config.setMaximumPoolSize(1);
          config.setPoolName("eager");
          try (HikariDataSource pool = new HikariDataSource(config)) {
            use(pool.getConnection());
          }
        });
    scenes.add(
        "/lazy",
        out -> {
          HikariDataSource pool = new HikariDataSource();
          pool.setJdbcUrl(args[0]);
          pool.setUsername(args[1]);
          pool.setPassword(args[2]);
          pool.setMaximumPoolSize(1);
          pool.setPoolName("lazy");
          kept = pool;
          use(pool.getConnection());
        });
    scenes.add("/again", out -> use(kept.getConnection()));
    scenes.add("/foreign", out -> foreign());
  }

  private static void use(Connection connection) throws SQLException {
    try (connection) {
      connection.createStatement().execute("SELECT 1");
    }
  }

  /** DriverManager asks every driver, also those that do not feel responsible. */
  private static void foreign() {
    try {
      DriverManager.getConnection("jdbc:nobody:there").close();
    } catch (SQLException e) {
      // No driver takes it.
    }
  }
}

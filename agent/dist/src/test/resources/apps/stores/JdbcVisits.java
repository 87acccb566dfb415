package dev.coldstart.it.app;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Visits with a JDBC driver. A URL that begins with "keep " is opened once and used again. */
public final class JdbcVisits extends Visits {
  private static final String KEEP = "keep ";

  private Connection kept;

  @Override
  protected String get(String url) throws SQLException {
    if (url.startsWith(KEEP)) {
      if (kept == null) {
        kept = DriverManager.getConnection(url.substring(KEEP.length()));
      }
      return ask(kept);
    }
    try (Connection connection = DriverManager.getConnection(url)) {
      return ask(connection);
    }
  }

  @Override
  protected String describe(Exception thrown) {
    return StoreFaults.describe(thrown);
  }

  private static String ask(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 'visited'")) {
      rows.next();
      return rows.getString(1);
    }
  }
}

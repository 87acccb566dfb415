package dev.coldstart.it.library;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;

/** Prepares a database before an app uses it, with the driver among that app's jars. */
final class Sql {
  private Sql() {}

  static void run(
      String set, String driver, String url, String user, String password, String... statements)
      throws Exception {
    List<Path> jars = Libs.jars(set);
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = jars.get(i).toUri().toURL();
    }
    Properties login = new Properties();
    login.setProperty("user", user);
    login.setProperty("password", password);
    try (URLClassLoader loader = new URLClassLoader(urls);
        Connection connection =
            ((Driver) loader.loadClass(driver).getConstructor().newInstance()).connect(url, login);
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
    }
  }
}

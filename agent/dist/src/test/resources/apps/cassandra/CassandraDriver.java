package dev.coldstart.it.app;

/** Settings of the driver where a store makes the session. */
final class CassandraDriver {
  private static final String PREFIX = "datastax-java-driver.";

  private CassandraDriver() {}

  /** Who it is, and how many seconds it waits for anything. */
  static void set(int seconds) {
    set("advanced.auth-provider.class", "PlainTextAuthProvider");
    set("advanced.auth-provider.username", "user");
    set("advanced.auth-provider.password", "secret-word");
    for (String wait :
        new String[] {
          "basic.request.timeout",
          "advanced.connection.connect-timeout",
          "advanced.connection.init-query-timeout",
          "advanced.control-connection.timeout"
        }) {
      set(wait, seconds + " seconds");
    }
  }

  private static void set(String name, String value) {
    System.setProperty(PREFIX + name, value);
  }
}

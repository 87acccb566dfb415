package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Backend;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.TestCertificates;
import dev.coldstart.it.harness.TlsFront;
import dev.coldstart.report.RequestReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The MariaDB stores of both frameworks, over a pool, on a real MariaDB. */
class MariaDbIT {
  private static final String[] CONNECTING = {
    "mariadb connect", "pool start", "pool connection", "mariadb driver connect", "tcp", "auth"
  };

  @TempDir private Path folder;

  @Test
  void timesTheStoreOfLangChain4j() throws Exception {
    String[] login = prepared("mariadb2");
    try (ForkedApp app = Libs.start("mariadb2", "MariaDbLangChain4jApp", folder, login)) {
      created(check(login).verify(app).requests().get(0));
    }
  }

  @Test
  void timesTheStoreOfSpringAi() throws Exception {
    String[] login = prepared("mariadb");
    try (ForkedApp app = Libs.start("mariadb", "MariaDbSpringApp", folder, login)) {
      created(check(login).firstHas("mariadb schema").verify(app).requests().get(0));
    }
  }

  @Test
  void tellsTlsAndFailures() throws Exception {
    Backend mariaDb = Backend.of("mariadb");
    new ClientCheck(
            "JdbcVisits",
            "mariadb driver connect",
            (port, password, tls, trusting) -> {
              Path authority = trusting ? Backend.authority() : TestCertificates.trustedPem();
              return "jdbc:mariadb://127.0.0.1:%d/%s?user=%s&password=%s&sslMode=%s&serverSslCert=%s"
                      .formatted(
                          port,
                          mariaDb.get("database"),
                          mariaDb.get("user"),
                          password,
                          tls ? "verify-full" : "disable",
                          authority)
                  + "&connectTimeout=1000&socketTimeout=1000";
            })
        .certificates(TlsFront.Asked.AS_MARIADB)
        .verify("mariadb", mariaDb.port(), mariaDb.get("password"), folder);
  }

  /** The index is part of the table. */
  private static void created(RequestReport fresh) {
    for (String once : new String[] {"create table", "mariadb add"}) {
      assertThat(Calls.spans(fresh, once)).as(once).hasSize(1);
    }
  }

  private static StoreCheck check(String... login) {
    return StoreCheck.of("mariadb")
        .firstHas(CONNECTING)
        .hides("handbook", "not_there_yet", login[0], login[2], "[0.6", "Hello");
  }

  /** JDBC URL, user and password. */
  static String[] login(Backend mariaDb) {
    String url = "jdbc:mariadb://127.0.0.1:" + mariaDb.port() + "/" + mariaDb.get("database");
    return new String[] {url, mariaDb.get("user"), mariaDb.get("password")};
  }

  /** With the table that is there. */
  static String[] prepared(String set) throws Exception {
    String[] login = login(Backend.of("mariadb"));
    Sql.run(
        set,
        "org.mariadb.jdbc.Driver",
        login[0],
        login[1],
        login[2],
        "DROP TABLE IF EXISTS handbook, not_there_yet",
        "CREATE TABLE handbook (id UUID NOT NULL DEFAULT uuid() PRIMARY KEY, content TEXT,"
            + " metadata JSON, embedding VECTOR(2) NOT NULL, VECTOR INDEX (embedding))");
    return login;
  }
}

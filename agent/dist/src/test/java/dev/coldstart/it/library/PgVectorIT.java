package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Backend;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pgvector stores of both frameworks, over a pool, on a real PostgreSQL. */
class PgVectorIT {
  private static final String[] CONNECTING = {
    "pgvector connect", "pool start", "pool connection", "postgresql connect", "tcp", "auth"
  };

  /** Columns of its table. */
  static final String LANGCHAIN4J = "embedding_id uuid primary key, text text, metadata json";

  @TempDir private Path folder;

  @Test
  void timesTheStoreOfLangChain4j() throws Exception {
    String[] login = prepared("pgvector2", LANGCHAIN4J);
    try (ForkedApp app = Libs.start("pgvector2", "PgVectorLangChain4jApp", folder, login)) {
      RequestReport fresh = check(login).verify(app).requests().get(0);
      // With each connection it takes, unless it is told not to: made, added to and searched.
      assertThat(Calls.spans(fresh, "create extension")).hasSize(3);
      created(fresh);
    }
  }

  @Test
  void timesTheStoreOfSpringAi() throws Exception {
    String[] login = prepared("pgvector", "id uuid primary key, content text, metadata json");
    try (ForkedApp app = Libs.start("pgvector", "PgVectorSpringApp", folder, login)) {
      RunReport report = check(login).firstHas("pgvector schema").verify(app);
      RequestReport fresh = report.requests().get(0);
      assertThat(Calls.spans(fresh, "create extension")).hasSize(3);
      assertThat(Calls.spans(fresh, "create schema")).hasSize(1);
      created(fresh);
      // It asks the model for its dimensions: nobody called it for that.
      int connect = Calls.one(fresh, "pgvector connect").id();
      assertThat(fresh.spans())
          .filteredOn(span -> span.phase().equals("embedding"))
          .filteredOn(span -> span.parent() != null && span.parent() == connect)
          .hasSize(1);
    }
  }

  private static void created(RequestReport fresh) {
    for (String once : new String[] {"create table", "create index", "pgvector add"}) {
      assertThat(Calls.spans(fresh, once)).as(once).hasSize(1);
    }
  }

  private static StoreCheck check(String... login) {
    return StoreCheck.of("pgvector")
        .firstHas(CONNECTING)
        .hides("handbook", "not_there_yet", login[0], login[2], "[0.6", "Hello");
  }

  /** As it was for nobody before: with the table that is there, and without extensions. */
  static String[] prepared(String set, String columns) throws Exception {
    String[] login = PostgreSqlIT.login(Backend.of("postgres"));
    Sql.run(
        set,
        "org.postgresql.Driver",
        login[0],
        login[1],
        login[2],
        "DROP TABLE IF EXISTS handbook, not_there_yet",
        "CREATE EXTENSION IF NOT EXISTS vector",
        "CREATE TABLE handbook (" + columns + ", embedding vector(2))");
    return login;
  }
}

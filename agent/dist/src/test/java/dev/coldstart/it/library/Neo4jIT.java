package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.DelayingProxy;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.TestCertificates;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neo4j's drivers, and both frameworks' stores, on a real Neo4j. */
class Neo4jIT {
  private static final String LIBRARY = "neo4j";
  private static final String DATABASE = "db_connect";
  private static final String QUERY = "vector_store_query";
  private static final String[] SEARCHES = {"/transaction", "/later", "/compared"};
  private static final String CONNECT = "vector_store_connect";
  private static final String PASSWORD = "secret-word";

  /** What a turn of the server takes longer. */
  private static final long MILLIS = 300;

  @TempDir private static Path home;
  private static ForkedApp neo4j;
  private static String port;

  @TempDir private Path folder;

  @BeforeAll
  static void startServer() throws Exception {
    String pem =
        new String(TestCertificates.pem(TestCertificates.VALID), StandardCharsets.US_ASCII);
    int keyEnd = pem.indexOf("-----BEGIN CERTIFICATE");
    Files.writeString(home.resolve("key.pem"), pem.substring(0, keyEnd));
    Files.writeString(home.resolve("certificates.pem"), pem.substring(keyEnd));
    neo4j =
        AgentRun.on(Jdks.any(), home)
            .withoutAgent()
            .workDir(home)
            .jvm("-Xmx512m", "--add-opens=java.base/java.nio=ALL-UNNAMED")
            .jvm("--add-opens=java.base/sun.nio.ch=ALL-UNNAMED")
            .classPath(Libs.classPath("neo4j-server", "Neo4jServer").toArray(new Path[0]))
            .args("dev.coldstart.it.app.Neo4jServer")
            .args(home.resolve("data").toString(), PASSWORD, home.toString())
            .start(Scenes.class);
    neo4j.port();
    port = neo4j.line("neo4j=");
  }

  /** What the test before has made. */
  @BeforeEach
  void forget() {
    assertThat(neo4j.http().get("/forget").status()).as(neo4j.err()).contains("200");
  }

  @AfterAll
  static void stopServer() {
    neo4j.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"neo4j", "neo4j2", "neo4j3"})
  void timesTheDriver(String set) throws Exception {
    try (ForkedApp app = Libs.start(set, "Neo4jApp", folder, port)) {
      check().firstHas("neo4j query").verify(app);
    }
  }

  @Test
  void timesTheStoreOfLangChain4j() throws Exception {
    try (ForkedApp app = Libs.start("neo4j2", "Neo4jLangChain4jApp", folder, port)) {
      RequestReport fresh =
          check()
              .firstHas("neo4j connect", "neo4j index", "constraints", "neo4j search")
              .verify(app)
              .requests()
              .get(0);
      for (String step : new String[] {"create constraint", "index ready", "neo4j create index"}) {
        assertThat(Calls.one(fresh, step).phase()).isEqualTo(CONNECT);
      }
      Calls.one(fresh, "neo4j add");
    }
  }

  @Test
  void timesTheStoreOfSpringAi() throws Exception {
    try (ForkedApp app = Libs.start("neo4j2", "Neo4jSpringApp", folder, port)) {
      RequestReport fresh =
          check().firstHas("neo4j connect", "neo4j search").verify(app).requests().get(0);
      for (String step : new String[] {"create constraint", "index ready", "neo4j create index"}) {
        assertThat(Calls.one(fresh, step).phase()).isEqualTo(CONNECT);
      }
    }
  }

  private static StoreCheck check() {
    return StoreCheck.of(LIBRARY)
        .firstHas("neo4j driver", "neo4j connection", "tcp", "auth", "neo4j query")
        .poolGrowsBy("neo4j connection", "tcp", "auth")
        .hides("handbook", "not_there_yet", "Hello", PASSWORD);
  }

  /** Each delay shows where it was made, and only what asks for vectors is a query of a store. */
  @ParameterizedTest
  @ValueSource(strings = {"neo4j", "neo4j2", "neo4j3"})
  void tellsStepsAndStatementsApart(String set) throws Exception {
    try (DelayingProxy proxy = new DelayingProxy(Integer.parseInt(port));
        ForkedApp app =
            Libs.run(Jdks.any(), set, "Neo4jApp", folder, "" + proxy.port())
                .jvm(TestCertificates.trusting())
                .start(Scenes.class)) {
      // Which Bolt; then who it is; then what is asked for.
      proxy.slowTurn(2, MILLIS).slowTurn(3, 2 * MILLIS);
      play(app, "/first");
      proxy.slowTurn(2, 0).slowTurn(3, 0);
      play(app, SEARCHES);
      play(app, "/plain", "/wrong", "/routed", "/tls");
      RunReport report = Libs.end(app, SEARCHES.length + 5);
      delaysAreWhereTheyWereMade(of(report, "/first"));
      for (String search : SEARCHES) {
        hasPhase(of(report, search), "neo4j query", QUERY);
      }
      RequestReport plain = of(report, "/plain");
      for (String step : new String[] {"neo4j driver", "neo4j connection", "tcp", "auth"}) {
        hasPhase(plain, step, DATABASE);
      }
      assertThat(plain.spans()).extracting(Span::phase).doesNotContain(CONNECT, QUERY);
      Span wrong = Calls.one(of(report, "/wrong"), "neo4j query");
      assertThat(wrong.failed()).isTrue();
      assertThat(wrong.notes().get("error")).asString().contains("neo4j.driver.exceptions.");
      RequestReport routed = of(report, "/routed");
      // The same request searches for vectors with it, later.
      for (String step : new String[] {"neo4j verify", "neo4j routing", "neo4j connection"}) {
        hasPhase(routed, step, CONNECT);
      }
      hasPhase(routed, "neo4j query", QUERY);
      RequestReport secret = of(report, "/tls");
      hasPhase(secret, "tls", CONNECT);
      assertThat(Calls.one(secret, "tls").parent())
          .isEqualTo(Calls.one(secret, "neo4j connection").id());
    }
  }

  private static void delaysAreWhereTheyWereMade(RequestReport first) {
    Span connection = Calls.one(first, "neo4j connection");
    for (String step : new String[] {"tcp", "auth"}) {
      assertThat(Calls.one(first, step).phase()).isEqualTo(CONNECT);
      assertThat(Calls.one(first, step).parent()).as(step).isEqualTo(connection.id());
    }
    lasted(first, "auth", MILLIS);
    lasted(first, "neo4j query", 3 * MILLIS);
    assertThat(connection.parent()).isEqualTo(Calls.one(first, "neo4j query").id());
    assertThat(first.exclusiveNanos(CONNECT)).isGreaterThan(nanos(MILLIS));
    assertThat(first.exclusiveNanos(QUERY)).isGreaterThan(nanos(2 * MILLIS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"neo4j", "neo4j2", "neo4j3"})
  void namesWhatWentWrong(String set) throws IOException {
    try (StoreFailures failures = new StoreFailures()) {
      failures.with("/password", Integer.parseInt(port));
      failures.verify(set, "Neo4jApp", folder, "-Dneo4j.password=wrong-word");
    }
  }

  private static void play(ForkedApp app, String... paths) {
    for (String path : paths) {
      assertThat(app.http().get(path).status()).as(path + app.err()).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  private static RequestReport of(RunReport report, String path) {
    return Calls.of(report, path).get(0);
  }

  private static void hasPhase(RequestReport request, String name, String phase) {
    assertThat(Calls.spans(request, name))
        .as(request.route() + ' ' + name + " in " + request.spans())
        .isNotEmpty()
        .allMatch(span -> span.phase().equals(phase) && !span.inferred() && !span.open());
  }

  private static void lasted(RequestReport request, String name, long millis) {
    Span span = Calls.one(request, name);
    assertThat(span.endNanos() - span.startNanos()).as(name).isGreaterThan(nanos(millis));
  }

  private static long nanos(long millis) {
    return millis * 1_000_000;
  }
}

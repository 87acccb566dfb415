package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.Scenes;
import dev.coldstart.it.app.StoreServer;
import dev.coldstart.it.harness.DelayingProxy;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.TestCertificates;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pinecone's client, and both frameworks' stores, against a stand-in: its control plane's REST API,
 * and the vendor's own service for its data plane.
 */
class PineconeIT {
  private static final String EXCEPTIONS = "io.pinecone.exceptions.";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"pinecone", "pinecone2"})
  void timesTheClient(String set) throws Exception {
    try (StoreServer data = dataPlane("");
        PineconeServer control = new PineconeServer("", data.port(), set.equals("pinecone2"));
        ForkedApp app = start(set, "PineconeApp", "" + control.port())) {
      RunReport report =
          StoreCheck.verify(
              app, List.of(check(control, data, "/client"), check(control, data, "/async")));
      for (String path : List.of("/client", "/async")) {
        assertThat(Calls.spans(Calls.of(report, path + "/new").get(0), "pinecone upsert"))
            .hasSize(1);
      }
    }
  }

  @Test
  void timesTheStoreOfLangChain4j() throws Exception {
    store(
        "pinecone1",
        "PineconeLangChain4jApp",
        check -> check.firstHas("pinecone indexes", "pinecone search"));
  }

  @Test
  void timesTheStoreOfSpringAi() throws Exception {
    RunReport report =
        store(
            "pinecone",
            "PineconeSpringApp",
            // It leaves the index to others, and asks where it is before each search.
            check ->
                check
                    .createsNothing()
                    .connectsEachTime("pinecone connect", "pinecone index")
                    .firstHas("pinecone search", "embedding dimensions"));
    RequestReport again = Calls.of(report, "/again").get(0);
    assertThat(Calls.one(again, "embedding dimensions").phase()).isEqualTo("embedding");
  }

  @Test
  void namesWhatWentWrong() throws Exception {
    try (StoreFailures failures = new StoreFailures();
        StoreServer guarded = dataPlane("right");
        PineconeServer closed = new PineconeServer("right", 0, true);
        PineconeServer closedIndex = new PineconeServer("", guarded.port(), true);
        PineconeServer down = new PineconeServer("", failures.port("/down"), true);
        PineconeServer refusing = new PineconeServer("", failures.port("/refusing"), true)) {
      failures
          .with("/password", closed.port())
          .with("/index/password", closedIndex.port())
          .with("/index/down", down.port())
          .with("/index/refusing", refusing.port())
          .failsWith("/password", EXCEPTIONS + "PineconeAuthorizationException")
          .failsWith("/hanging", EXCEPTIONS + "PineconeUnmappedHttpException")
          .failsWith("/index/password", "io.grpc.StatusRuntimeException")
          .verify("pinecone2", "PineconeApp", folder, TestCertificates.trusting());
    }
  }

  /** They take no address: a proxy leads them to the stand-in, over TLS. */
  private RunReport store(String set, String app, UnaryOperator<StoreCheck> has) throws Exception {
    SSLContext tls = TestCertificates.context(TestCertificates.VALID);
    try (StoreServer data = dataPlane("");
        PineconeServer control = new PineconeServer("", data.port(), false, tls);
        DelayingProxy proxy = new DelayingProxy(control.port()).mode(DelayingProxy.Mode.TUNNEL);
        ForkedApp fork = start(set, app, "" + proxy.port())) {
      return has.apply(check(control, data, "")).verify(fork);
    }
  }

  /** Over TLS: version 4 speaks nothing else with an index. */
  static StoreServer dataPlane(String password) throws Exception {
    String keys = TestCertificates.server(TestCertificates.VALID).toString();
    return StoreServers.start(
        "grpc-stores", "PineconeDataServer", password, keys, TestCertificates.PASSWORD);
  }

  private ForkedApp start(String set, String app, String port) {
    ForkedApp fork =
        Libs.run(Jdks.any(), set, app, folder, port)
            .jvm(TestCertificates.trusting())
            .start(Scenes.class);
    fork.port();
    return fork;
  }

  private static StoreCheck check(PineconeServer control, StoreServer data, String path) {
    return StoreCheck.of("pinecone")
        .at(path)
        .server(() -> StoreServers.take(control, data))
        .firstHas("pinecone client", "pinecone connect", "pinecone index", "pinecone query")
        .hides("handbook", "not-there-yet", ":" + control.port(), ":" + data.port(), "secret-word");
  }
}

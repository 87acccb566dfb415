package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.TestCertificates;
import dev.coldstart.it.harness.TlsFront;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both versions, in clients of Elasticsearch: known delays of TLS and of the first answer. */
class ApacheHttpAsyncIT {
  private static final String ASKED =
      "elasticsearch http version|elasticsearch http index|elasticsearch http query";

  @TempDir private Path folder;

  @Test
  void tellsTls() throws Exception {
    try (ElasticsearchServer server = new ElasticsearchServer();
        TlsFront front = new TlsFront(server.port(), TestCertificates.VALID, TlsFront.Asked.NO);
        StoreDelays delays = new StoreDelays("elasticsearch", "ElasticsearchApp")) {
      delays
          .plain("/java/first", server.port(), at -> "http://127.0.0.1:" + at, ASKED)
          // Its threads are not those of the call: TLS stands beside that, which has its time too.
          .tls("/java/first", front.port(), at -> "https://127.0.0.1:" + at, "tls")
          .plain("/java5/first", server.port(), at -> "http://127.0.0.1:" + at, ASKED)
          .tls("/java5/first", front.port(), at -> "https://127.0.0.1:" + at, "tls", ASKED);
      RunReport report = delays.verify(folder, TestCertificates.trusting());
      assertThat(report.agent().libraries()).contains("apache-http-async");
      for (RequestReport request : Calls.of(report, "/3/java5/first")) {
        assertThat(Calls.spans(request, "tls"))
            .noneMatch(Span::inferred)
            .allMatch(span -> span.parent() != null);
      }
    }
  }
}

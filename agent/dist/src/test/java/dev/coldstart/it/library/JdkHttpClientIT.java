package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.HttpClientVisits;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.phase.PhaseTime;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What model calls over the JDK's HTTP client wait for on the wire, on each JDK. */
class JdkHttpClientIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void tellsTheWaitOnTheWireAndNewConnections(Jdk jdk) throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start(jdk, "langchain4j", "LangChain4jApp", folder, model.url())) {
      Calls calls = new Calls(app, model);
      calls.whole("/chat/whole");
      calls.streamed("/chat/stream");
      calls.play();
      calls.playTogether();
      RunReport report = calls.verify(0);
      assertThat(report.agent().libraries()).contains("jdk-httpclient");
      for (String path : List.of("/chat/whole", "/chat/stream")) {
        List<RequestReport> requests = Calls.of(report, path);
        assertThat(requests)
            .flatExtracting(RequestReport::llm)
            .extracting(LlmCall::waitNanos)
            .as(path)
            .doesNotContainNull();
        assertThat(opensAConnection(requests.get(0))).as(path + ", first").isTrue();
        assertThat(opensAConnection(requests.get(1))).as(path + ", second").isFalse();
        assertThat(phases(requests.get(0))).as(path + ", first").contains("llm_connect");
        assertThat(phases(requests.get(1))).as(path + ", second").doesNotContain("llm_connect");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void tellsTheStepsOfConnections(Jdk jdk) throws Exception {
    try (Visiting visiting = new Visiting()) {
      visiting.check(jdk, HttpClientVisits.class, folder);
    }
  }

  private static List<String> phases(RequestReport request) {
    return request.phases().stream().map(PhaseTime::phase).toList();
  }

  private static boolean opensAConnection(RequestReport request) {
    return request.spans().stream()
        .map(Span::notes)
        .anyMatch(notes -> "new".equals(notes.get("connection")));
  }
}

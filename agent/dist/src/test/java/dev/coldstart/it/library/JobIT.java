package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents that are called before any server is up. */
class JobIT {
  @TempDir private Path folder;

  @Test
  void callsOfABatchJobAreItsRequests() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app =
            Libs.launch("langchain4j", "LangChain4jJobApp", folder, model.url(), "job")) {
      assertThat(app.await().exit()).isZero();
      RunReport report = app.report();
      List<RequestReport> calls = report.requests();
      assertThat(calls).hasSize(3).allMatch(r -> r.method().equals("agent call"));
      assertThat(calls)
          .extracting(RequestReport::route)
          .containsExactly("Assistant#summarise", "Assistant#summarise", "model call");
      assertThat(calls).extracting(RequestReport::kind).containsExactly("cold", "warm", "warm");
      assertThat(calls.get(2).window()).isEqualTo("first_visible_token");
      assertThat(calls).allMatch(r -> !r.llm().isEmpty());
      assertThat(report.startup().spans()).noneMatch(s -> s.phase().equals("llm_ttft"));
      assertThat(report.toString()).doesNotContain("secret-text");
      Sums.check(report);
    }
  }

  @Test
  void callsBeforeAServerIsReadyAreItsStartUp() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app =
            Libs.start("langchain4j", "LangChain4jJobApp", folder, model.url(), "serve")) {
      assertThat(app.http().get("/chat").status()).contains("200");
      RunReport report = app.awaitRequests(1);
      assertThat(report.requests()).hasSize(1);
      assertThat(report.requests().get(0).route()).isEqualTo("/chat");
      assertThat(report.requests().get(0).kind()).isEqualTo("cold");
      assertThat(report.startup().spans())
          .filteredOn(s -> s.phase().equals("llm_ttft"))
          .hasSizeGreaterThanOrEqualTo(3);
      Sums.check(report);
    }
  }
}

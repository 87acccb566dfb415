package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.LlmCall;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents of agents: one after the other, again and again, side by side. */
class LangChain4jAgenticIT {
  private static final int TOGETHER = 4;

  @TempDir private Path folder;

  @Test
  void timesAgents() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app =
            Libs.start("langchain4j-agentic", "AgenticApp", folder, model.url(), "serve")) {
      Calls calls = new Calls(app, model);
      calls.whole("/sequence", "/loop");
      calls.play();
      calls.playTogether();
      assertThat(app.http().get("/built").status()).contains("200");
      sideBySide(app);
      RunReport report = calls.verify(1 + TOGETHER);
      assertThat(report.agent().libraries()).contains("langchain4j-agentic");
      assertThat(Calls.of(report, "/sequence")).allMatch(request -> request.llm().size() == 2);
      assertThat(Calls.of(report, "/loop")).allMatch(request -> request.llm().size() == 3);
      for (RequestReport request : Calls.of(report, "/parallel")) {
        parallel(request);
      }
      List<Span> built = Calls.spans(Calls.of(report, "/built").get(0), "agent");
      assertThat(built).as("two and their sequence").hasSize(3);
      assertThat(built).allMatch(span -> span.phase().equals("agent_build"));
      assertThat(report.startup().spans()).extracting(Span::name).contains("agent");
      assertThat(report.toString()).doesNotContain("secret-");
    }
  }

  /** In several requests at once, so that nothing can be inferred. */
  private static void sideBySide(ForkedApp app) throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(TOGETHER);
    try {
      Callable<String> client = () -> app.http().get("/parallel").status();
      for (Future<String> status : clients.invokeAll(Collections.nCopies(TOGETHER, client))) {
        assertThat(status.get()).contains("200");
      }
    } finally {
      clients.shutdown();
    }
  }

  /** The second call does not wait for the first one. */
  private static void parallel(RequestReport request) {
    List<LlmCall> calls = request.llm();
    assertThat(calls).hasSize(2).noneMatch(LlmCall::failed);
    assertThat(request.spans()).noneMatch(span -> span.inferred() || span.open());
    long first = calls.get(0).startNanos();
    long second = calls.get(1).startNanos();
    assertThat(second).isLessThan(first + calls.get(0).durationNanos());
    assertThat(first).isLessThan(second + calls.get(1).durationNanos());
  }

  @Test
  void agentsOfABatchJobAreItsRequests() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app =
            Libs.launch("langchain4j-agentic", "AgenticApp", folder, model.url(), "job")) {
      assertThat(app.await().exit()).isZero();
      RunReport report = app.report();
      assertThat(report.requests())
          .extracting(RequestReport::route)
          .containsExactly("Story#tell", "UntypedAgent#invoke", "Writer#write");
      assertThat(report.requests())
          .extracting(request -> request.llm().size())
          .containsExactly(2, 2, 1);
      assertThat(report.requests().get(0).kind()).isEqualTo("cold");
      assertThat(report.startup().spans()).extracting(Span::phase).contains("agent_build");
      Sums.check(report);
    }
  }
}

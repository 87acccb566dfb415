package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Graphs whose nodes call models and tools of LangChain4j and Spring AI. */
class LangGraph4jIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"langgraph4j", "langgraph4j2"})
  void timesGraphsAndTools(String set) throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.start(set, "LangGraph4jApp", folder, arguments(model.url()))) {
      Calls calls = new Calls(app, model);
      calls.whole("/whole", "/tool");
      calls.streamed("/stream");
      calls.play();
      assertThat(app.http().get("/mcp").status()).contains("200");
      assertThat(app.http().get("/spring").status()).contains("200");
      RunReport report = calls.verify(2);
      assertThat(report.agent().libraries()).contains("langgraph4j");
      Calls.answers(report, List.of("/whole"), false);
      Calls.answers(report, List.of("/stream"), true);
      Calls.toolRounds(report, List.of("/tool"), false);
      for (RequestReport request : Calls.of(report, "/tool")) {
        assertThat(Calls.one(request, "graph compile").phase()).isEqualTo("agent_build");
        assertThat(Calls.one(request, "tools: schemas").phase()).isEqualTo("tool_registry");
        assertThat(Calls.one(request, "tools: schemas").notes()).containsEntry("tools", 2L);
        assertThat(Calls.one(request, "tool call").phase()).isEqualTo("tool_call");
        assertThat(Calls.one(request, "tool call").notes().get("tool")).isIn("today", "weather");
      }
      RequestReport mcp = Calls.of(report, "/mcp").get(0);
      assertThat(Calls.one(mcp, "mcp tools").phase()).isEqualTo("tool_registry");
      assertThat(Calls.one(mcp, "mcp tools").notes()).containsEntry("tools", 3L);
      RequestReport spring = Calls.of(report, "/spring").get(0);
      assertThat(Calls.one(spring, "tools").notes()).containsEntry("tools", 1L);
      assertThat(Calls.one(spring, "tool call").notes()).containsEntry("tool", "weather");
      assertThat(report.toString()).doesNotContain("secret-");
    }
  }

  /**
   * Two that are asked for their end, then streams. One that nobody asks anything is none; the
   * others are read, read elsewhere, fail, are left.
   */
  @ParameterizedTest
  @ValueSource(strings = {"langgraph4j", "langgraph4j2"})
  void graphsOfABatchJobAreItsRequests(String set) throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp app = Libs.launch(set, "LangGraph4jApp", folder, model.url(), "job")) {
      assertThat(app.await().exit()).as(app.err()).isZero();
      RunReport report = app.report();
      assertThat(report.agent().warnings()).isEmpty();
      List<RequestReport> requests = report.requests();
      assertThat(requests)
          .extracting(RequestReport::route)
          .containsExactly(
              "graph",
              "graph",
              "graph stream",
              "graph stream",
              "graph stream",
              "graph stream",
              "graph stream");
      assertThat(requests).allMatch(request -> request.llm().size() == 1);
      assertThat(requests)
          .extracting(RequestReport::failed)
          .containsExactly(false, false, false, false, false, true, false);
      assertThat(requests.subList(0, 2))
          .extracting(RequestReport::kind)
          .containsExactly("cold", "warm");
      assertThat(requests.get(3).window()).isEqualTo("first_visible_token");
      assertThat(requests.get(3).llm().get(0).streaming()).isTrue();
      assertThat(report.startup().spans()).extracting(Span::name).contains("graph compile");
      assertThat(report.toString()).doesNotContain("secret-");
      Sums.check(report);
    }
  }

  private static String[] arguments(String model) {
    return Stream.concat(Stream.of(model, "serve"), Stream.of(Libs.stdioToolServer()))
        .toArray(String[]::new);
  }
}

package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * MCP clients with real MCP servers: starting a transport, introducing and listing are told apart.
 */
class McpIT {
  private static final long TOOLS = 3;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mcp", "mcp2"})
  void timesTheClientOfTheSdk(String set) throws Exception {
    try (ForkedApp server = Libs.startToolServer(folder);
        ForkedApp app = Libs.start(set, "McpSdkApp", folder, servers(server))) {
      RunReport report = play(app, "/stdio", "/http", "/implicit", "/call");
      for (String path : List.of("/stdio", "/http")) {
        RequestReport request = Calls.of(report, path).get(0);
        Span start = one(request, "mcp transport start");
        Span initialize = one(request, "mcp initialize");
        Span list = one(request, "mcp tools/list");
        assertThat(start.startNanos()).isGreaterThan(initialize.startNanos());
        assertThat(start.endNanos()).isLessThan(initialize.endNanos());
        assertThat(list.startNanos()).isGreaterThan(initialize.endNanos());
        assertThat(initialize.notes()).containsKey("server");
        assertThat(list.notes()).containsEntry("tools", TOOLS);
      }
      RequestReport implicit = Calls.of(report, "/implicit").get(0);
      Span list = one(implicit, "mcp tools/list");
      Span handshake = one(implicit, "mcp handshake");
      assertThat(handshake.startNanos()).isGreaterThan(list.startNanos());
      assertThat(handshake.endNanos()).isLessThan(list.endNanos());
      Span call = one(Calls.of(report, "/call").get(0), "mcp tools/call");
      assertThat(call.phase()).isEqualTo("tool_call");
      assertThat(call.notes()).containsEntry("tool", "today");
    }
  }

  @Test
  void timesTheClientOfLangChain4j() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp server = Libs.startToolServer(folder);
        ForkedApp app =
            Libs.start(
                "langchain4j",
                "LangChain4jMcpApp",
                folder,
                Stream.concat(Stream.of(model.url()), Stream.of(servers(server)))
                    .toArray(String[]::new))) {
      RunReport report = play(app, "/stdio", "/http", "/again");
      for (String path : List.of("/stdio", "/http")) {
        RequestReport request = Calls.of(report, path).get(0);
        Span connect = one(request, "mcp connect");
        Span start = one(request, "mcp transport start");
        Span initialize = one(request, "mcp initialize");
        Span list = one(request, "mcp tools/list");
        assertThat(initialize.parent()).isEqualTo(connect.id());
        assertThat(start.parent()).isEqualTo(initialize.id());
        assertThat(list.startNanos()).isGreaterThan(connect.endNanos());
        assertThat(connect.notes()).containsEntry("server", "tools");
        assertThat(list.notes()).containsEntry("tools", TOOLS);
        assertThat(one(request, "mcp tools/call").phase()).isEqualTo("tool_call");
      }
      RequestReport again = Calls.of(report, "/again").get(0);
      assertThat(Calls.spans(again, "mcp connect")).isEmpty();
      assertThat(Calls.spans(again, "mcp tools/list")).as("cached").isEmpty();
    }
  }

  @Test
  void timesTheToolsOfSpringAi() throws Exception {
    try (ForkedApp app =
        Libs.start("spring-ai", "SpringAiMcpApp", folder, Libs.stdioToolServer())) {
      RunReport report = play(app, "/first", "/again", "/call");
      RequestReport first = Calls.of(report, "/first").get(0);
      one(first, "mcp transport start");
      one(first, "mcp initialize");
      Span tools = one(first, "mcp tools");
      Span list = one(first, "mcp tools/list");
      assertThat(list.startNanos()).isGreaterThan(tools.startNanos());
      assertThat(list.endNanos()).isLessThan(tools.endNanos());
      assertThat(tools.notes()).containsEntry("tools", TOOLS);
      assertThat(list.notes()).containsEntry("tools", TOOLS);
      RequestReport again = Calls.of(report, "/again").get(0);
      assertThat(Calls.spans(again, "mcp tools/list")).as("cached").isEmpty();
      RequestReport call = Calls.of(report, "/call").get(0);
      assertThat(Calls.spans(call, "mcp tools/call")).hasSize((int) TOOLS);
    }
  }

  private static RunReport play(ForkedApp app, String... paths) {
    for (String path : paths) {
      assertThat(app.http().get(path).status()).as(path).isEqualTo("HTTP/1.1 200 OK");
    }
    RunReport report = Libs.end(app, paths.length);
    for (RequestReport request : report.requests()) {
      assertThat(request.spans()).noneMatch(span -> span.failed() || span.open());
    }
    return report;
  }

  private static Span one(RequestReport request, String name) {
    List<Span> found = Calls.spans(request, name);
    assertThat(found).as(request.route() + " " + name + " in " + request.spans()).hasSize(1);
    return found.get(0);
  }

  /** URL of one, command line of another. */
  private static String[] servers(ForkedApp server) {
    return Stream.concat(Stream.of(server.line("mcp=")), Stream.of(Libs.stdioToolServer()))
        .toArray(String[]::new);
  }
}

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
 * The client of the SDK, alone and below Spring AI, with real servers: starting a transport,
 * introducing and listing are told apart.
 */
class McpSdkIT {
  private static final long TOOLS = 3;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"mcp", "mcp2"})
  void timesTheClientOfTheSdk(String set) throws Exception {
    try (ForkedApp server = Libs.startToolServer(folder);
        ForkedApp app = Libs.start(set, "McpSdkApp", folder, servers(server))) {
      RunReport report = Calls.play(app, "/stdio", "/http", "/implicit", "/call");
      for (String path : List.of("/stdio", "/http")) {
        RequestReport request = Calls.of(report, path).get(0);
        Span start = Calls.one(request, "mcp transport start");
        Span initialize = Calls.one(request, "mcp initialize");
        Span list = Calls.one(request, "mcp tools/list");
        assertThat(start.startNanos()).isGreaterThan(initialize.startNanos());
        assertThat(start.endNanos()).isLessThan(initialize.endNanos());
        assertThat(list.startNanos()).isGreaterThan(initialize.endNanos());
        assertThat(initialize.notes()).containsKey("server");
        assertThat(list.notes()).containsEntry("tools", TOOLS);
      }
      RequestReport implicit = Calls.of(report, "/implicit").get(0);
      Span list = Calls.one(implicit, "mcp tools/list");
      Span handshake = Calls.one(implicit, "mcp handshake");
      assertThat(handshake.startNanos()).isGreaterThan(list.startNanos());
      assertThat(handshake.endNanos()).isLessThan(list.endNanos());
      Span call = Calls.one(Calls.of(report, "/call").get(0), "mcp tools/call");
      assertThat(call.phase()).isEqualTo("tool_call");
      assertThat(call.notes()).containsEntry("tool", "today");
    }
  }

  @Test
  void timesTheToolsOfSpringAi() throws Exception {
    try (ForkedApp app =
        Libs.start("spring-ai", "SpringAiMcpApp", folder, Libs.stdioToolServer())) {
      RunReport report = Calls.play(app, "/first", "/again", "/call");
      RequestReport first = Calls.of(report, "/first").get(0);
      Calls.one(first, "mcp transport start");
      Calls.one(first, "mcp initialize");
      Span tools = Calls.one(first, "mcp tools");
      Span list = Calls.one(first, "mcp tools/list");
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

  /** URL of one, command line of another. */
  static String[] servers(ForkedApp server) {
    return Stream.concat(Stream.of(server.line("mcp=")), Stream.of(Libs.stdioToolServer()))
        .toArray(String[]::new);
  }
}

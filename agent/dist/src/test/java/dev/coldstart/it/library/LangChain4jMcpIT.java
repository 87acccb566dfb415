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

/** The client of LangChain4j with real servers. */
class LangChain4jMcpIT {
  private static final long TOOLS = 3;

  @TempDir private Path folder;

  @Test
  void timesTheClientOfLangChain4j() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp server = Libs.startToolServer(folder);
        ForkedApp app =
            Libs.start(
                "langchain4j",
                "LangChain4jMcpApp",
                folder,
                Stream.concat(Stream.of(model.url()), Stream.of(McpSdkIT.servers(server)))
                    .toArray(String[]::new))) {
      RunReport report = Calls.play(app, "/stdio", "/http", "/again");
      for (String path : List.of("/stdio", "/http")) {
        RequestReport request = Calls.of(report, path).get(0);
        Span connect = Calls.one(request, "mcp connect");
        Span start = Calls.one(request, "mcp transport start");
        Span initialize = Calls.one(request, "mcp initialize");
        Span list = Calls.one(request, "mcp tools/list");
        assertThat(initialize.parent()).isEqualTo(connect.id());
        assertThat(start.parent()).isEqualTo(initialize.id());
        assertThat(list.startNanos()).isGreaterThan(connect.endNanos());
        assertThat(connect.notes()).containsEntry("server", "tools");
        assertThat(list.notes()).containsEntry("tools", TOOLS);
        assertThat(Calls.one(request, "mcp tools/call").phase()).isEqualTo("tool_call");
      }
      RequestReport again = Calls.of(report, "/again").get(0);
      assertThat(Calls.spans(again, "mcp connect")).isEmpty();
      assertThat(Calls.spans(again, "mcp tools/list")).as("cached").isEmpty();
    }
  }
}

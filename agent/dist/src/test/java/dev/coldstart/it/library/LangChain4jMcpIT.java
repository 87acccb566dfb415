package dev.coldstart.it.library;

import static dev.coldstart.it.library.ToolServers.SLOW_NANOS;
import static dev.coldstart.it.library.ToolServers.TOOLS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.phase.SerialWork;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The MCP client of LangChain4j with real servers. */
class LangChain4jMcpIT {
  /** One for roots among them, which this client says it has. */
  private static final String EVERYTHING = "mcp-servers/everything";

  private static final long EVERYTHING_TOOLS = 14;

  @TempDir private Path folder;

  @Test
  void timesEveryStepWithEveryTransport() throws Exception {
    try (ModelServer model = new ModelServer();
        ForkedApp server = Libs.startToolServer(folder);
        ForkedApp app = start(model, ToolServers.arguments(server))) {
      RunReport report = Calls.play(app, "/stdio", "/http", "/sse", "/again", "/several");
      assertThat(report.agent().libraries()).contains("langchain4j-mcp");
      assertThat(report.toString()).doesNotContain("/slow-1/mcp");
      Map.of("/stdio", "stdio-tools", "/http", "http-tools", "/sse", "sse-tools")
          .forEach((path, name) -> steps(Calls.of(report, path).get(0), name));
      RequestReport again = Calls.of(report, "/again").get(0);
      assertThat(Calls.spans(again, "mcp connect")).isEmpty();
      assertThat(Calls.spans(again, "mcp tools/list")).as("cached").isEmpty();
      several(Calls.of(report, "/several").get(0));
    }
  }

  @Test
  void timesTheReferenceServer() throws Exception {
    String[] everything = ToolServers.reference("everything", "stdio");
    try (ModelServer model = new ModelServer();
        ForkedApp app = start(model, everything)) {
      RequestReport request = Calls.play(app, "/list").requests().get(0);
      Span connect = Calls.one(request, "mcp connect");
      Span handshake = Calls.one(request, "mcp handshake");
      assertThat(handshake.notes()).containsEntry("server", EVERYTHING);
      assertThat(handshake.endNanos()).isLessThan(connect.endNanos());
      assertThat(Calls.one(request, "mcp tools/list").notes())
          .containsEntry("tools", EVERYTHING_TOOLS);
      assertThat(Calls.one(request, "mcp tools/list page").notes())
          .containsEntry("server", EVERYTHING)
          .containsEntry("tools", EVERYTHING_TOOLS);
    }
  }

  private ForkedApp start(ModelServer model, String... servers) {
    String[] all = Stream.concat(Stream.of(model.url()), Stream.of(servers)).toArray(String[]::new);
    return Libs.start("langchain4j", "LangChain4jMcpApp", folder, all);
  }

  private static void steps(RequestReport request, String server) {
    Span create = Calls.one(request, "mcp transport create");
    Span connect = Calls.one(request, "mcp connect");
    Span initialize = Calls.one(request, "mcp initialize");
    Span start = Calls.one(request, "mcp transport start");
    Span handshake = Calls.one(request, "mcp handshake");
    Span list = Calls.one(request, "mcp tools/list");
    Span page = Calls.one(request, "mcp tools/list page");
    Span schemas = Calls.one(request, "mcp tools: schemas");
    assertThat(create.endNanos()).isLessThanOrEqualTo(connect.startNanos());
    assertThat(initialize.parent()).isEqualTo(connect.id());
    assertThat(start.parent()).isEqualTo(initialize.id());
    assertThat(handshake.parent()).isEqualTo(initialize.id());
    assertThat(handshake.startNanos()).isGreaterThanOrEqualTo(start.endNanos());
    assertThat(list.startNanos()).isGreaterThan(connect.endNanos());
    assertThat(list.parent()).isEqualTo(Calls.one(request, "mcp tools").id());
    assertThat(page.parent()).isEqualTo(list.id());
    assertThat(schemas.parent()).isEqualTo(list.id());
    assertThat(schemas.startNanos()).isGreaterThanOrEqualTo(page.endNanos());
    assertThat(List.of(create, connect, initialize, start, handshake, list, page, schemas))
        .extracting(Span::phase)
        .containsOnly("tool_registry");
    assertThat(connect.notes()).containsEntry("client", "tools");
    assertThat(handshake.notes()).containsEntry("server", server);
    assertThat(list.notes()).containsEntry("client", "tools").containsEntry("tools", TOOLS);
    assertThat(page.notes()).containsEntry("server", server).containsEntry("tools", TOOLS);
    Span call = Calls.one(request, "mcp tools/call");
    assertThat(call.phase()).isEqualTo("tool_call");
    assertThat(call.notes()).containsEntry("tool", "today");
  }

  /**
   * Three servers are connected to and asked for their pages in turn, and both could be parallel.
   */
  private static void several(RequestReport request) {
    List<Span> pages = Calls.spans(request, "mcp tools/list page");
    assertThat(pages).hasSize(3 * (int) TOOLS);
    assertThat(pages)
        .allMatch(page -> page.endNanos() - page.startNanos() >= SLOW_NANOS / TOOLS)
        .allMatch(page -> page.notes().get("tools").equals(1L));
    assertThat(pages)
        .extracting(page -> page.notes().get("server"))
        .startsWith("slow-1", "slow-1", "slow-1", "slow-2")
        .endsWith("slow-3");
    SerialWork lists = request.serial().get(0);
    assertThat(lists.phase()).isEqualTo("tool_registry");
    assertThat(lists.count()).isEqualTo(3);
    assertThat(lists.savingNanos()).isGreaterThanOrEqualTo(2 * SLOW_NANOS);
    assertThat(lists.serialNanos() - lists.savingNanos()).isGreaterThanOrEqualTo(SLOW_NANOS);
  }
}

package dev.coldstart.it.app;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.DefaultMcpStreamableServerSessionFactory;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Tools that a real MCP server offers; what they do does not matter. */
final class Tools {
  static final List<String> NAMES = List.of("today", "weather", "orders");

  private static final Duration PAGE = Duration.ofMillis(60);

  static List<SyncToolSpecification> all() {
    List<SyncToolSpecification> tools = new ArrayList<>();
    for (String name : NAMES) {
      tools.add(
          SyncToolSpecification.builder()
              .tool(tool(name))
              .callHandler((exchange, request) -> name.equals("orders") ? counted() : fine())
              .build());
    }
    return tools;
  }

  /**
   * Sessions of a server that lists each tool on a page of its own and takes its time for each. The
   * SDK's own server knows one page only, so this is its session with another handler.
   */
  static McpStreamableServerSession.Factory slowPages(String server) {
    McpRequestHandler<McpSchema.ListToolsResult> list =
        (exchange, params) -> {
          Object cursor = params instanceof Map<?, ?> map ? map.get("cursor") : null;
          int page = cursor == null ? 0 : Integer.parseInt(cursor.toString());
          String next = page + 1 < NAMES.size() ? "" + (page + 1) : null;
          return Mono.delay(PAGE)
              .map(x -> new McpSchema.ListToolsResult(List.of(tool(server + "-" + NAMES.get(page))), next));
        };
    McpRequestHandler<McpSchema.CallToolResult> call = (exchange, params) -> Mono.just(fine());
    return new DefaultMcpStreamableServerSessionFactory(
        Duration.ofSeconds(30),
        request ->
            Mono.just(
                new McpSchema.InitializeResult(
                    request.protocolVersion(),
                    ServerCapabilities.builder().tools(true).build(),
                    new McpSchema.Implementation(server, "1"),
                    null)),
        Map.of("tools/list", list, "tools/call", call),
        Map.of());
  }

  private static McpSchema.CallToolResult fine() {
    return McpSchema.CallToolResult.builder().addTextContent("fine").build();
  }

  private static McpSchema.CallToolResult counted() {
    return McpSchema.CallToolResult.builder()
        .addTextContent("2")
        .structuredContent(Map.of("count", 2))
        .build();
  }

  /** One of them answers in a shape, which servers and clients may check. */
  private static McpSchema.Tool tool(String name) {
    McpSchema.Tool.Builder tool =
        McpSchema.Tool.builder()
            .name(name)
            .description("Tells something")
            .inputSchema(McpJsonDefaults.getMapper(), "{\"type\":\"object\",\"properties\":{}}");
    if (name.equals("orders")) {
      tool.outputSchema(Map.of("type", "object", "required", List.of("count")));
    }
    return tool.build();
  }

  private Tools() {}
}

package dev.coldstart.it.app;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.List;

/** Tools that a real MCP server offers; what they do does not matter. */
final class Tools {
  static final List<String> NAMES = List.of("today", "weather", "orders");

  static List<SyncToolSpecification> all() {
    List<SyncToolSpecification> tools = new ArrayList<>();
    for (String name : NAMES) {
      tools.add(
          SyncToolSpecification.builder()
              .tool(
                  McpSchema.Tool.builder()
                      .name(name)
                      .description("Tells something")
                      .inputSchema(
                          McpJsonDefaults.getMapper(), "{\"type\":\"object\",\"properties\":{}}")
                      .build())
              .callHandler(
                  (exchange, request) ->
                      McpSchema.CallToolResult.builder().addTextContent("fine").build())
              .build());
    }
    return tools;
  }

  private Tools() {}
}

package dev.coldstart.demo.backends;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The tools of the two MCP servers. Their answers are fixed: the demo is about time. */
final class Tools {
  private Tools() {}

  static List<SyncToolSpecification> orders() {
    return List.of(
        tool(
            "get_order",
            "State of one order: where it is and when it arrives",
            arguments ->
                "Order " + arguments.get("order_id") + " was shipped and arrives on Friday."),
        tool(
            "list_orders",
            "Recent orders of one customer",
            arguments ->
                "Customer " + arguments.get("customer_id") + " has one open order: A-1001."),
        tool(
            "cancel_order",
            "Cancel an order that was not shipped yet",
            arguments -> "Order " + arguments.get("order_id") + " is shipped: not cancelled."));
  }

  static List<SyncToolSpecification> weather() {
    return List.of(
        tool(
            "get_weather",
            "Weather in a city now",
            arguments -> "It is 21 degrees and sunny in " + arguments.get("city") + "."),
        tool(
            "get_forecast",
            "Weather forecast for a city, days ahead",
            arguments -> "No rain is expected in " + arguments.get("city") + "."));
  }

  private static SyncToolSpecification tool(
      String name, String description, Function<Map<String, Object>, String> answer) {
    return SyncToolSpecification.builder()
        .tool(
            Tool.builder()
                .name(name)
                .description(description)
                .inputSchema(McpJsonDefaults.getMapper(), ToolSchemas.text(name))
                .build())
        .callHandler(
            (exchange, request) ->
                CallToolResult.builder().addTextContent(answer.apply(request.arguments())).build())
        .build();
  }
}

package dev.coldstart.it.app;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.schema.jackson2.DefaultJsonSchemaValidator;
import io.modelcontextprotocol.spec.McpClientTransport;
import java.util.List;
import java.util.Map;
import org.springframework.ai.mcp.AsyncMcpToolCallbackProvider;
import org.springframework.ai.mcp.SyncMcpToolCallbackProvider;

/** Spring AI's MCP tools. Arguments: command line of an MCP server. */
public final class SpringAiMcpApp implements Scenes.App {
  private SyncMcpToolCallbackProvider kept;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    List<String> arguments = List.of(args).subList(1, args.length);
    scenes.add(
        "/first",
        out -> {
          McpSyncClient client = McpClient.sync(stdio(args[0], arguments)).build();
          client.initialize();
          kept = SyncMcpToolCallbackProvider.builder().mcpClients(client).build();
          kept.getToolCallbacks();
        });
    scenes.add("/again", out -> kept.getToolCallbacks());
    scenes.add(
        "/call",
        out -> {
          for (var tool : kept.getToolCallbacks()) {
            tool.call("{}");
          }
        });
    Map<String, Object> schema = Map.of("type", "object", "required", List.of("count"));
    scenes.add(
        "/check",
        out -> {
          var validator = new DefaultJsonSchemaValidator();
          out.write("" + validator.validate(schema, Map.of("count", 2)).valid());
          out.write("" + validator.validate(schema, Map.of()).valid());
        });
    scenes.add(
        "/async",
        out -> {
          McpAsyncClient client = McpClient.async(stdio(args[0], arguments)).build();
          AsyncMcpToolCallbackProvider.builder().mcpClients(client).build().getToolCallbacks();
          client.close();
        });
  }

  private static McpClientTransport stdio(String command, List<String> arguments) {
    return new StdioClientTransport(
        ServerParameters.builder(command).args(arguments).build(), McpJsonDefaults.getMapper());
  }
}

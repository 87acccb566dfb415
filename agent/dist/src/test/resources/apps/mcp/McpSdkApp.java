package dev.coldstart.it.app;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;

/** The MCP client. Arguments: URL of an MCP server, command line of another. */
public final class McpSdkApp implements Scenes.App {
  private McpSyncClient kept;

  @Override
  public void prepare(Scenes scenes, String[] args) {
    List<String> command = List.of(args).subList(1, args.length);
    scenes.add("/stdio", out -> connectAndList(stdio(command)));
    scenes.add("/http", out -> connectAndList(http(args[0])));
    scenes.add(
        "/implicit",
        out -> {
          kept = client(http(args[0]));
          kept.listTools();
        });
    scenes.add("/call", out -> kept.callTool(new McpSchema.CallToolRequest("today", Map.of())));
  }

  private static void connectAndList(McpClientTransport transport) {
    McpSyncClient client = client(transport);
    client.initialize();
    client.listTools();
    client.closeGracefully();
  }

  private static McpClientTransport stdio(List<String> command) {
    return new StdioClientTransport(
        ServerParameters.builder(command.get(0)).args(command.subList(1, command.size())).build(),
        McpJsonDefaults.getMapper());
  }

  private static McpClientTransport http(String url) {
    return HttpClientStreamableHttpTransport.builder(url).endpoint("/mcp").build();
  }

  private static McpSyncClient client(McpClientTransport transport) {
    return McpClient.sync(transport).build();
  }
}

package dev.coldstart.it.app;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientSseClientTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;

/** The first MCP client that is looked into. Arguments as of the newer one. */
public final class OldMcpSdkApp implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) {
    List<String> command = List.of(args).subList(1, args.length);
    scenes.add(
        "/stdio",
        out ->
            connectAndList(
                new StdioClientTransport(
                    ServerParameters.builder(command.get(0))
                        .args(command.subList(1, command.size()))
                        .build())));
    scenes.add("/sse", out -> connectAndList(sse(args[0])));
    scenes.add(
        "/async",
        out -> {
          McpAsyncClient client = McpClient.async(sse(args[0])).build();
          client.initialize().then(client.listTools()).block();
          client.close();
        });
  }

  private static void connectAndList(McpClientTransport transport) {
    McpSyncClient client = McpClient.sync(transport).build();
    client.initialize();
    client.listTools();
    client.callTool(new McpSchema.CallToolRequest("today", Map.of()));
    client.close();
  }

  private static McpClientTransport sse(String url) {
    return HttpClientSseClientTransport.builder(url).sseEndpoint("/sse").build();
  }
}

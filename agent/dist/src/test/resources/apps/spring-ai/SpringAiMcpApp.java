package dev.coldstart.it.app;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.util.List;
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
          McpSyncClient client =
              McpClient.sync(
                      new StdioClientTransport(
                          ServerParameters.builder(args[0]).args(arguments).build(),
                          McpJsonDefaults.getMapper()))
                  .build();
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
  }
}

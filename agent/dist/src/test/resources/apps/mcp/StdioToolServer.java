package dev.coldstart.it.app;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;

/** A real MCP server over stdio. Its transport's threads end when standard input does. */
public final class StdioToolServer {
  public static void main(String[] args) {
    McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
        .serverInfo("stdio-tools", "1")
        .capabilities(ServerCapabilities.builder().tools(true).build())
        .tools(Tools.all())
        .build();
  }

  private StdioToolServer() {}
}

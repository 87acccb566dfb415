package dev.coldstart.it.app;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletSseServerTransportProvider;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import jakarta.servlet.Servlet;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * Real MCP servers over HTTP: at /mcp (streamable) and /sse with all tools on one page, at
 * /slow-1/mcp to /slow-3/mcp with slow pages. Argument: a folder to work in.
 */
public final class HttpToolServer implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(args[0]);
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", args[0]);
    var streamable = streamable("/mcp");
    McpServer.sync(streamable)
        .serverInfo("http-tools", "1")
        .capabilities(ServerCapabilities.builder().tools(true).build())
        .tools(Tools.all())
        .build();
    add(context, streamable, "/mcp");
    var sse =
        HttpServletSseServerTransportProvider.builder()
            .jsonMapper(McpJsonDefaults.getMapper())
            .sseEndpoint("/sse")
            .messageEndpoint("/message")
            .build();
    McpServer.sync(sse)
        .serverInfo("sse-tools", "1")
        .capabilities(ServerCapabilities.builder().tools(true).build())
        .tools(Tools.all())
        .build();
    add(context, sse, "/sse", "/message");
    for (int i = 1; i <= 3; i++) {
      var slow = streamable("/slow-" + i + "/mcp");
      slow.setSessionFactory(Tools.slowPages("slow-" + i));
      add(context, slow, "/slow-" + i + "/mcp");
    }
    tomcat.start();
    Work.say("mcp=http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
  }

  private static HttpServletStreamableServerTransportProvider streamable(String endpoint) {
    return HttpServletStreamableServerTransportProvider.builder()
        .jsonMapper(McpJsonDefaults.getMapper())
        .mcpEndpoint(endpoint)
        .build();
  }

  private static void add(Context context, Servlet servlet, String... paths) {
    Tomcat.addServlet(context, paths[0], servlet).setAsyncSupported(true);
    for (String path : paths) {
      context.addServletMappingDecoded(path, paths[0]);
    }
  }
}

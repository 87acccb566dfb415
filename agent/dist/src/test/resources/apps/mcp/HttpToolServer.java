package dev.coldstart.it.app;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/** A real MCP server over streamable HTTP. Argument: a folder to work in. */
public final class HttpToolServer implements Scenes.App {
  @Override
  public void prepare(Scenes scenes, String[] args) throws Exception {
    var transport =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(McpJsonDefaults.getMapper())
            .mcpEndpoint("/mcp")
            .build();
    McpServer.sync(transport)
        .serverInfo("http-tools", "1")
        .capabilities(ServerCapabilities.builder().tools(true).build())
        .tools(Tools.all())
        .build();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(args[0]);
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", args[0]);
    Tomcat.addServlet(context, "mcp", transport).setAsyncSupported(true);
    context.addServletMappingDecoded("/mcp", "mcp");
    tomcat.start();
    Work.say("mcp=http://127.0.0.1:" + tomcat.getConnector().getLocalPort());
  }
}

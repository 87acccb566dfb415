package dev.coldstart.demo.backends;

import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import jakarta.servlet.Filter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** The orders tools: a real MCP server over streamable HTTP whose first tool list is slow. */
final class OrdersToolServer implements Closeable {
  private static final String ENDPOINT = "/mcp";

  private final Tomcat tomcat = new Tomcat();
  private final SlowFirstToolList toolList;
  private final McpSyncServer mcp;

  OrdersToolServer(Duration ttl, Ledger ledger, Supplier<Delays> delays, Path workDirectory)
      throws IOException {
    toolList = new SlowFirstToolList(ttl, ledger, delays);
    var transport =
        HttpServletStreamableServerTransportProvider.builder()
            .jsonMapper(McpJsonDefaults.getMapper())
            .mcpEndpoint(ENDPOINT)
            .build();
    mcp =
        McpServer.sync(transport)
            .serverInfo("orders-stand-in", "1.0.0")
            .capabilities(ServerCapabilities.builder().tools(true).build())
            .tools(Tools.orders())
            .build();

    tomcat.setBaseDir(workDirectory.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", workDirectory.toString());
    addFilter(context, toolList);
    Wrapper servlet = Tomcat.addServlet(context, "mcp", transport);
    servlet.setAsyncSupported(true);
    context.addServletMappingDecoded(ENDPOINT, "mcp");
    try {
      tomcat.start();
    } catch (LifecycleException e) {
      throw new IOException("the orders tool server did not start", e);
    }
  }

  private static void addFilter(Context context, Filter filter) {
    FilterDef definition = new FilterDef();
    definition.setFilterName("slow");
    definition.setFilter(filter);
    definition.setAsyncSupported("true");
    context.addFilterDef(definition);
    FilterMap everything = new FilterMap();
    everything.setFilterName("slow");
    everything.addURLPattern("/*");
    context.addFilterMap(everything);
  }

  String url() {
    return "http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + ENDPOINT;
  }

  /** Tells the connected clients to fetch their tool lists again, which is slow again. */
  void toolsChanged() {
    toolList.reset();
    mcp.notifyToolsListChanged();
  }

  @Override
  public void close() throws IOException {
    mcp.close();
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IOException("the orders tool server did not stop", e);
    }
  }
}

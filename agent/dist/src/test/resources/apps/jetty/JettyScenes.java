package dev.coldstart.it.app;

import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/** The scenes on Jetty 9.4 to 11. */
public final class JettyScenes implements ServerScenes.App {
  @Override
  public int start() throws Exception {
    Server server = new Server();
    HttpConfiguration configuration = new HttpConfiguration();
    ServerConnector connector =
        new ServerConnector(
            server,
            new HttpConnectionFactory(configuration),
            new HTTP2CServerConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler handler = new ServletContextHandler();
    ServletHolder holder = new ServletHolder(new ServletScenes());
    holder.setAsyncSupported(true);
    handler.addServlet(holder, "/*");
    server.setHandler(handler);
    server.start();
    return connector.getLocalPort();
  }
}

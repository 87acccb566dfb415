package dev.coldstart.it.app;

import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

/** The scenes on embedded Tomcat. */
public final class TomcatScenes implements ServerScenes.App {
  @Override
  public int start() throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Path.of("tomcat").toAbsolutePath().toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
    Context context = tomcat.addContext("", null);
    Wrapper wrapper = Tomcat.addServlet(context, "scenes", new ServletScenes());
    wrapper.setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "scenes");
    tomcat.start();
    return tomcat.getConnector().getLocalPort();
  }
}

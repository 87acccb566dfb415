package dev.coldstart.it.app;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import java.net.InetSocketAddress;

/** The scenes on Undertow's servlets. */
public final class UndertowServletScenes implements ServerScenes.App {
  @Override
  public int start() throws Exception {
    DeploymentInfo deployment =
        Servlets.deployment()
            .setClassLoader(UndertowServletScenes.class.getClassLoader())
            .setContextPath("/")
            .setDeploymentName("scenes")
            .addServlet(
                Servlets.servlet("scenes", ServletScenes.class)
                    .addMapping("/*")
                    .setAsyncSupported(true));
    DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
    manager.deploy();
    Undertow server =
        Undertow.builder().addHttpListener(0, "127.0.0.1").setHandler(manager.start()).build();
    server.start();
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }
}

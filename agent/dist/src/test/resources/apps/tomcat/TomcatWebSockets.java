package dev.coldstart.it.app;

import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** A WebSocket beside the scenes on embedded Tomcat; a message names what it wants. */
public final class TomcatWebSockets implements ServerScenes.App {
  @Override
  public int start() throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Path.of("tomcat").toAbsolutePath().toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", null);
    Tomcat.addServlet(context, "scenes", new ServletScenes());
    context.addServletMappingDecoded("/*", "scenes");
    context.addServletContainerInitializer(new WsSci(), null);
    context.addServletContainerInitializer(
        (classes, servlets) -> {
          Object container = servlets.getAttribute(ServerContainer.class.getName());
          try {
            ((ServerContainer) container)
                .addEndpoint(ServerEndpointConfig.Builder.create(Asked.class, "/chat").build());
          } catch (jakarta.websocket.DeploymentException e) {
            throw new IllegalStateException(e);
          }
        },
        null);
    tomcat.start();
    return tomcat.getConnector().getLocalPort();
  }

  /** The connection of one client. */
  public static final class Asked extends Endpoint {
    @Override
    public void onOpen(Session session, EndpointConfig config) {
      session.addMessageHandler(String.class, scene -> answer(session, scene));
      session.addMessageHandler(
          ByteBuffer.class,
          bytes -> answer(session, StandardCharsets.UTF_8.decode(bytes).toString()));
    }

    @Override
    public void onError(Session session, Throwable thrown) {
      send(session, "failed");
    }

    private static void answer(Session session, String scene) {
      if (scene.equals("words")) {
        Work.mark("words.handler");
        Chat.stream("words", word -> send(session, word));
        return;
      }
      Work.connect(scene);
      if (scene.equals("throws")) {
        throw new IllegalStateException("s3cr3t-message");
      }
      send(session, "done");
    }

    private static void send(Session session, String text) {
      try {
        session.getBasicRemote().sendText(text);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}

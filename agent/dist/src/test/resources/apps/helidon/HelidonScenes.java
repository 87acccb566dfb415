package dev.coldstart.it.app;

import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;

/** The scenes on Helidon, whose handlers block virtual threads. */
public final class HelidonScenes implements ServerScenes.App {
  @Override
  public int start() {
    Handler handler = HelidonScenes::handle;
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing -> routing.get("/items/{id}", handler).get("/*", handler))
            .build()
            .start();
    // What Helidon logs of failing handlers is not what is tested.
    LogManager.getLogManager().reset();
    return server.port();
  }

  private static void handle(ServerRequest request, ServerResponse response) throws Exception {
    String path = request.path().path().replaceFirst(";.*", "");
    Reply reply = new Reply(response);
    if (ServerScenes.isLater(path)) {
      ServerScenes.later(path, reply);
      reply.ended.get(30, TimeUnit.SECONDS);
      return;
    }
    ServerScenes.play(path, reply);
    reply.end();
  }

  private static final class Reply implements ServerScenes.Reply {
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final ServerResponse response;
    private OutputStream body;

    Reply(ServerResponse response) {
      this.response = response;
    }

    @Override
    public void status(int status) {
      response.status(Status.create(status));
    }

    @Override
    public void write(String text) throws IOException {
      if (body == null) {
        body = response.outputStream();
      }
      body.write(text.getBytes(StandardCharsets.UTF_8));
      body.flush();
    }

    @Override
    public void end() throws IOException {
      if (body == null) {
        response.send();
      } else {
        body.close();
      }
      ended.complete(null);
    }
  }
}

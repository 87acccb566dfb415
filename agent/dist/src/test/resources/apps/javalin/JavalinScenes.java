package dev.coldstart.it.app;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** The scenes on Javalin. */
public final class JavalinScenes implements ServerScenes.App {
  @Override
  public int start() {
    Javalin app =
        Javalin.create(config -> JavalinRoutes.add(config, JavalinScenes::handle));
    return app.start("127.0.0.1", 0).port();
  }

  private static void handle(Context context) throws Exception {
    String uri = context.path();
    int parameter = uri.indexOf(';');
    String path = parameter < 0 ? uri : uri.substring(0, parameter);
    if (ServerScenes.isLater(path)) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      context.future(
          () -> {
            ServerScenes.later(path, new Reply(context, done));
            return done;
          });
    } else {
      ServerScenes.play(path, new Reply(context, null));
    }
  }

  private static final class Reply implements ServerScenes.Reply {
    private final Context context;
    private final CompletableFuture<Void> done;

    Reply(Context context, CompletableFuture<Void> done) {
      this.context = context;
      this.done = done;
    }

    @Override
    public void status(int status) {
      context.status(status);
    }

    @Override
    public void write(String text) throws IOException {
      context.outputStream().write(text.getBytes(StandardCharsets.UTF_8));
      // Flushing that stream, which may compress, does nothing.
      context.res().flushBuffer();
    }

    @Override
    public void end() {
      done.complete(null);
    }
  }

}

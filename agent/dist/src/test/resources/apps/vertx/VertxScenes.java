package dev.coldstart.it.app;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;

/** The scenes on Vert.x: on its workers, because they block; one in a handler that may. */
public final class VertxScenes implements ServerScenes.App {
  @Override
  public int start() throws Exception {
    // What Vert.x logs of failing handlers is not what is tested.
    LogManager.getLogManager().reset();
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    router.get("/items/:id").blockingHandler(VertxScenes::handle, false);
    router.get("/*").handler(VertxScenes::handleInFuture);
    HttpServer server =
        vertx.createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0));
    server.requestHandler(router);
    return server
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .get(30, TimeUnit.SECONDS)
        .actualPort();
  }

  private static void handle(RoutingContext context) {
    Reply reply = new Reply(context);
    try {
      ServerScenes.play(context.request().path().replaceFirst(";.*", ""), reply);
      reply.end();
    } catch (Exception e) {
      context.fail(e);
    }
  }

  /** The event loop leaves the work to somebody else and ends the response when it is done. */
  private static void handleInFuture(RoutingContext context) {
    String path = context.request().path().replaceFirst(";.*", "");
    Reply reply = new Reply(context);
    if (ServerScenes.isLater(path)) {
      ServerScenes.later(path, reply);
      return;
    }
    Callable<String> scene =
        () -> {
          ServerScenes.play(path, reply);
          return path;
        };
    context
        .vertx()
        .executeBlocking(scene, false)
        .onSuccess(played -> reply.end())
        .onFailure(context::fail);
  }

  private static final class Reply implements ServerScenes.Reply {
    private final RoutingContext context;

    Reply(RoutingContext context) {
      this.context = context;
    }

    @Override
    public void status(int status) {
      context.response().setStatusCode(status);
    }

    /** Waits until the bytes are on their way, as a service does that heeds back pressure. */
    @Override
    public void write(String text) {
      if (!context.response().headWritten()) {
        context.response().setChunked(true);
      }
      context.response().write(text).toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void end() {
      context.response().end();
    }
  }
}

package dev.coldstart.it.app;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/** The scenes on Reactor Netty. */
public final class ReactorNettyScenes implements ServerScenes.App {
  @Override
  public int start() {
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)
            .handle(ReactorNettyScenes::handle)
            .bindNow();
    // Its own threads are daemons, which keep no process alive.
    new Thread(() -> server.onDispose().block(), "server").start();
    return server.port();
  }

  private static Mono<Void> handle(HttpServerRequest request, HttpServerResponse response) {
    String uri = request.fullPath();
    int parameter = uri.indexOf(';');
    String path = parameter < 0 ? uri : uri.substring(0, parameter);
    if (path.equals("/throws")) {
      return Mono.fromRunnable(ReactorNettyScenes::throwing);
    }
    Reply reply = new Reply(response);
    ServerScenes.later(path, reply);
    return Mono.fromFuture(reply.begun)
        .then(
            Mono.defer(
                () ->
                    response
                        .send(reply.body.asFlux().map(Unpooled::wrappedBuffer), bytes -> true)
                        .then()));
  }

  private static void throwing() {
    try {
      ServerScenes.play("/throws", null);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Reply implements ServerScenes.Reply {
    private final Sinks.Many<byte[]> body = Sinks.many().unicast().onBackpressureBuffer();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final HttpServerResponse response;

    Reply(HttpServerResponse response) {
      this.response = response;
    }

    @Override
    public void status(int status) {
      response.status(status);
    }

    @Override
    public void write(String text) throws IOException {
      begun.complete(null);
      if (body.tryEmitNext(text.getBytes(StandardCharsets.UTF_8)).isFailure()) {
        throw new IOException("gone");
      }
    }

    @Override
    public void end() {
      begun.complete(null);
      body.tryEmitComplete();
    }
  }
}

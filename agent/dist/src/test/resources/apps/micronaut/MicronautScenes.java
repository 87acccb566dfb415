package dev.coldstart.it.app;

import io.micronaut.context.ApplicationContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.runtime.server.EmbeddedServer;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Schedulers;

/** The scenes on Micronaut: a controller on the threads for blocking work that returns streams. */
public final class MicronautScenes implements ServerScenes.App {
  @Override
  public int start() {
    ApplicationContext context =
        ApplicationContext.run(
            Map.of("micronaut.server.port", -1, "micronaut.server.host", "127.0.0.1"));
    return context.getBean(EmbeddedServer.class).start().getPort();
  }

  @Controller
  @Produces(MediaType.TEXT_PLAIN)
  static class Scenes {
    // A variable has no semicolon in Micronaut unless it says so.
    @Get("/items/{id:[^/]+}")
    HttpResponse<?> item(HttpRequest<?> request) {
      return answer(request);
    }

    @Get("/{+path}")
    @ExecuteOn(TaskExecutors.IO)
    HttpResponse<?> any(HttpRequest<?> request) throws Exception {
      String path = path(request);
      if (path.equals("/throws") || path.equals("/error") || path.equals("/empty")) {
        Status status = new Status();
        ServerScenes.play(path, status);
        return status.response;
      }
      return answer(request);
    }

    private static HttpResponse<?> answer(HttpRequest<?> request) {
      String path = path(request);
      Flux<byte[]> body = Flux.create(sink -> play(path, new Stream(sink)));
      return HttpResponse.ok(body.subscribeOn(Schedulers.boundedElastic()));
    }

    private static String path(HttpRequest<?> request) {
      return request.getPath().replaceFirst(";.*", "");
    }

    private static void play(String path, Stream stream) {
      if (ServerScenes.isLater(path)) {
        ServerScenes.later(path, stream);
        return;
      }
      try {
        ServerScenes.play(path, stream);
        stream.end();
      } catch (Exception e) {
        stream.sink.error(e);
      }
    }
  }

  /** A response without a body. */
  private static final class Status implements ServerScenes.Reply {
    private MutableHttpResponse<?> response = HttpResponse.ok();

    @Override
    public void status(int status) {
      response = HttpResponse.status(HttpStatus.valueOf(status));
    }

    @Override
    public void write(String text) {
      throw new IllegalStateException();
    }

    @Override
    public void end() {}
  }

  private static final class Stream implements ServerScenes.Reply {
    private final FluxSink<byte[]> sink;

    Stream(FluxSink<byte[]> sink) {
      this.sink = sink;
    }

    @Override
    public void status(int status) {
      throw new IllegalStateException();
    }

    @Override
    public void write(String text) throws IOException {
      if (sink.isCancelled()) {
        throw new IOException("gone");
      }
      sink.next(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void end() {
      sink.complete();
    }
  }
}

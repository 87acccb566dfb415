package dev.coldstart.it.app;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The scenes on Quarkus REST: on its workers, because they block, with bodies that are streams. */
@Path("/")
@Produces(MediaType.TEXT_PLAIN)
@Blocking
public class ScenesResource {
  @GET
  @Path("/items/{id}")
  public Multi<byte[]> item(@Context UriInfo uri) throws Exception {
    return any(uri);
  }

  @GET
  @Path("/{path:.+}")
  public Multi<byte[]> any(@Context UriInfo uri) throws Exception {
    String path = uri.getPath().replaceFirst(";.*", "");
    if (path.equals("/throws") || path.equals("/error") || path.equals("/empty")) {
      ServerScenes.play(path, new Status());
    }
    return Multi.createFrom()
        .<byte[]>emitter(emitter -> play(path, new Stream(emitter)))
        .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
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
      stream.emitter.fail(e);
    }
  }

  /** A response without a body. */
  private static final class Status implements ServerScenes.Reply {
    @Override
    public void status(int status) {
      throw new WebApplicationException(Response.status(status).build());
    }

    @Override
    public void write(String text) {
      throw new IllegalStateException();
    }

    @Override
    public void end() {}
  }

  private static final class Stream implements ServerScenes.Reply {
    private final MultiEmitter<? super byte[]> emitter;

    Stream(MultiEmitter<? super byte[]> emitter) {
      this.emitter = emitter;
    }

    @Override
    public void status(int status) {
      throw new IllegalStateException();
    }

    @Override
    public void write(String text) throws IOException {
      if (emitter.isCancelled()) {
        throw new IOException("gone");
      }
      emitter.emit(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void end() {
      emitter.complete();
    }
  }
}

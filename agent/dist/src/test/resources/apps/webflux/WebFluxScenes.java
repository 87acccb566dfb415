package dev.coldstart.it.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.reactive.context.ReactiveWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** The scenes on Spring WebFlux and Reactor Netty: one path annotated, the others functional. */
public final class WebFluxScenes implements ServerScenes.App {
  @Override
  public int start() {
    SpringApplication application = new SpringApplication(Application.class);
    application.setDefaultProperties(
        Map.of(
            "server.port", "0",
            "server.address", "127.0.0.1",
            "server.http2.enabled", "true",
            "logging.level.root", "OFF",
            "spring.main.banner-mode", "off"));
    ConfigurableApplicationContext context = application.run();
    return ((ReactiveWebServerApplicationContext) context).getWebServer().getPort();
  }

  /** What Spring finds. */
  @SpringBootApplication
  @RestController
  public static class Application {
    /** A path with a template. */
    @GetMapping("/items/{id}")
    public Mono<Void> item(ServerWebExchange exchange) {
      return answer("/items/7", exchange.getResponse());
    }

    /** All others. */
    @Bean
    public RouterFunction<ServerResponse> others() {
      return RouterFunctions.route(
          RequestPredicates.all().and(request -> !request.path().startsWith("/items/")), this::other);
    }

    private Mono<ServerResponse> other(ServerRequest request) {
      // Without the parameters of its segments.
      String path = request.requestPath().pathWithinApplication().value();
      int parameter = path.indexOf(';');
      String scene = parameter < 0 ? path : path.substring(0, parameter);
      if (scene.equals("/throws")) {
        throw new IllegalStateException("s3cr3t-message", played(scene));
      }
      return answer(scene, request.exchange().getResponse()).then(Mono.empty());
    }

    private static Exception played(String scene) {
      try {
        ServerScenes.play(scene, null);
        return null;
      } catch (Exception e) {
        return e;
      }
    }

    private static Mono<Void> answer(String scene, ServerHttpResponse response) {
      Reply reply = new Reply(response);
      ServerScenes.later(scene, reply);
      return Mono.fromFuture(reply.begun)
          .then(
              Mono.defer(
                  () ->
                      response.writeAndFlushWith(
                          reply.body.asFlux().map(bytes -> Mono.just(buffer(response, bytes))))));
    }

    private static DataBuffer buffer(ServerHttpResponse response, byte[] bytes) {
      return response.bufferFactory().wrap(bytes);
    }
  }

  private static final class Reply implements ServerScenes.Reply {
    private final Sinks.Many<byte[]> body = Sinks.many().unicast().onBackpressureBuffer();
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private final ServerHttpResponse response;

    Reply(ServerHttpResponse response) {
      this.response = response;
    }

    @Override
    public void status(int status) {
      response.setStatusCode(HttpStatusCode.valueOf(status));
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

package dev.coldstart.it.app;

import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

/** A Spring Boot service with an annotated and a functional endpoint. */
public final class SpringWebScenes implements ServerScenes.App {
  @RestController
  static class Items {
    @GetMapping("/items/{id}")
    String item(@PathVariable("id") String id) {
      Work.connect("items");
      return id;
    }

    @GetMapping("/broken/{id}")
    String broken(@PathVariable("id") String id) {
      Work.connect("broken");
      throw new IllegalStateException("as asked");
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Service {
    @Bean
    Items items() {
      return new Items();
    }

    @Bean
    RouterFunction<ServerResponse> shelf() {
      return RouterFunctions.route()
          .GET(
              "/shelf/{name}",
              request -> {
                Work.connect("shelf");
                return ServerResponse.ok().body(request.pathVariable("name"));
              })
          .build();
    }
  }

  @Override
  public int start() {
    SpringApplication application = new SpringApplication(Service.class);
    application.setBannerMode(Banner.Mode.OFF);
    application.setDefaultProperties(
        Map.of("server.port", 0, "server.address", "127.0.0.1", "logging.level.root", "off"));
    var context = (ServletWebServerApplicationContext) application.run();
    return context.getWebServer().getPort();
  }
}

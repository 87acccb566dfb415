package dev.coldstart.it.app;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;

/** The routes as Javalin 6 wants them. */
final class JavalinRoutes {
  static void add(JavalinConfig config, Handler handler) {
    config.router.mount(
        routes -> {
          routes.get("/items/{id}", handler);
          routes.get("/*", handler);
        });
  }

  private JavalinRoutes() {}
}

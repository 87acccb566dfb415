package dev.coldstart.it.app;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;

/** The routes as Javalin 7 wants them. */
final class JavalinRoutes {
  static void add(JavalinConfig config, Handler handler) {
    config.routes.get("/items/{id}", handler);
    config.routes.get("/*", handler);
  }

  private JavalinRoutes() {}
}

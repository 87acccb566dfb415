package dev.coldstart.it.library;

import dev.coldstart.it.app.ServerScenes;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import java.nio.file.Path;

/** A Spring Boot service with the agent, its endpoints annotated and functional. */
final class SpringService {
  private SpringService() {}

  /** Waits until it serves. */
  static ForkedApp start(Path folder) {
    Jdk jdk = Jdks.any();
    ForkedApp app =
        AgentRun.ofLibrary(jdk, folder)
            .options("summary=off")
            .classPath(Libs.classPath(jdk, "spring-web", "SpringWebScenes").toArray(new Path[0]))
            .classPath(Fakes.compile("hikari", folder))
            .args("dev.coldstart.it.app.SpringWebScenes")
            .start(ServerScenes.class);
    app.port();
    return app;
  }
}

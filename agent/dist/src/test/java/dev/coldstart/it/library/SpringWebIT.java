package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spring WebFlux on Reactor Netty: templates of its routes, and when its application is ready. */
class SpringWebIT {
  @TempDir private Path folder;

  @Test
  void reportsEachRequestByItsTemplate() throws Exception {
    RunReport report =
        ServerCheck.of("webflux", "WebFluxScenes")
            .ready("Spring Boot application ready")
            .template("/items/{id}")
            .http2()
            .run(folder);
    assertThat(report.agent().libraries()).contains("spring-boot", "spring-web", "netty-http");
  }
}

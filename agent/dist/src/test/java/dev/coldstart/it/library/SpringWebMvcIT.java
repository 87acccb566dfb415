package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests of Spring MVC go by the template of their route, and never by their path. */
class SpringWebMvcIT {
  @TempDir private Path folder;

  @Test
  void routesAreTemplates() {
    try (ForkedApp app = SpringService.start(folder)) {
      for (String path : new String[] {"/items/secret-1", "/shelf/secret-2", "/items/secret-3"}) {
        assertThat(app.http().get(path).body()).isEqualTo(path.substring(7));
      }
      assertThat(app.http().get("/broken/secret-4").status()).contains("500");
      RunReport report = Libs.end(app, 4);
      assertThat(report.agent().libraries()).contains("spring-web");
      assertThat(report.requests())
          .extracting(RequestReport::route)
          .as("that of the error page is nobody's")
          .containsExactly("/items/{id}", "/shelf/{name}", "/items/{id}", "/broken/{id}");
      assertThat(report.toString()).doesNotContain("secret-");
    }
  }
}

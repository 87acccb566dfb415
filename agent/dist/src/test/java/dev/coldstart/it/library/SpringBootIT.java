package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start of a Spring Boot service is one interval, and ends when it says that it is ready. */
class SpringBootIT {
  @TempDir private Path folder;

  @Test
  void theApplicationStartsAndGetsReady() {
    try (ForkedApp app = SpringService.start(folder)) {
      assertThat(app.http().get("/items/1").body()).isEqualTo("1");
      RunReport report = Libs.end(app, 1);
      assertThat(report.agent().libraries()).contains("spring-boot");
      assertThat(report.startup().readySignal()).isEqualTo("Spring Boot application ready");
      Span run =
          report.startup().spans().stream()
              .filter(span -> span.name().equals("spring application"))
              .findFirst()
              .orElseThrow();
      assertThat(run.phase()).isEqualTo("app_start");
      assertThat(run.failed() || run.open()).isFalse();
    }
  }
}

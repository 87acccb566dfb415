package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.app.ServerApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.Fakes;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Sums;
import dev.coldstart.report.RequestReport;
import dev.coldstart.report.RunReport;
import dev.coldstart.report.Span;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The {@code attach} command, against a service that has served a request already. */
class AttachIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void seesRequestsFromThenOnAndSaysWhatItMissed(Jdk jdk) throws Exception {
    AgentRun service =
        AgentRun.on(jdk, folder).withoutAgent().classPath(Fakes.compile("hikari", folder));
    try (ForkedApp app = service.start(ServerApp.class)) {
      assertThat(app.http().get("/plain").body()).isEqualTo("plain");

      ForkedApp.Ended attached = attach(jdk, Long.toString(app.pid()));
      assertThat(attached.exit()).as(attached.err()).isZero();
      assertThat(attached.out())
          .contains("Attached to process " + app.pid(), "were loaded already", "missed");
      assertThat(attached.err()).isEmpty();

      assertThat(app.http().get("/plain").body()).isEqualTo("plain");
      RunReport report = app.awaitRequests(1);
      RequestReport request = report.requests().get(0);
      assertThat(request.route()).isEqualTo("/plain");
      assertThat(request.kind()).isEqualTo("warm");
      assertThat(request.spans()).extracting(Span::phase).containsExactly("db_connect");
      assertThat(report.startup().readyNanos()).isNull();
      assertThat(report.agent().warnings())
          .singleElement()
          .asString()
          .startsWith("attached to a running process");
      Sums.check(report);

      ForkedApp.Ended again = attach(jdk, Long.toString(app.pid()));
      assertThat(again.exit()).isEqualTo(1);
      assertThat(again.err()).contains("already active in process " + app.pid());
      assertThat(app.http().get("/plain").body()).isEqualTo("plain");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void needsAJavaProcess(Jdk jdk) {
    ForkedApp.Ended nobody = attach(jdk, "999999999");

    assertThat(nobody.exit()).isEqualTo(2);
    assertThat(nobody.err().lines()).singleElement().asString().contains("jcmd -l");
  }

  private ForkedApp.Ended attach(Jdk jdk, String pid) {
    String options = "--options=dir=" + folder.resolve("reports") + ",otel=off";
    return AgentRun.on(jdk, folder)
        .tool("java", "-jar", AgentRun.JAR.toString(), "attach", options, pid);
  }
}

package dev.coldstart.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.coldstart.it.app.OneCallApp;
import dev.coldstart.it.harness.AgentRun;
import dev.coldstart.it.harness.ForkedApp;
import dev.coldstart.it.harness.Jdk;
import dev.coldstart.it.harness.Jdks;
import dev.coldstart.it.harness.TestJar;
import dev.coldstart.report.RunReport;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An AOT cache loads the classes it was trained with before premain: they are woven all the same.
 */
class AotCacheIT {
  private static final int FIRST_JDK = 25;

  @TempDir private Path folder;

  @Test
  void weavesWhatTheCacheHasLoaded() {
    Jdk jdk = Jdks.all().get(Jdks.all().size() - 1);
    assumeThat(jdk.feature()).as("trains a cache in one run").isGreaterThanOrEqualTo(FIRST_JDK);
    Path cache = folder.resolve("app.aot");
    assertThat(run(jdk, "-XX:AOTCacheOutput=" + cache).withoutAgent().run(OneCallApp.class).exit())
        .isZero();

    ForkedApp.Ended ended = run(jdk, "-XX:AOTCache=" + cache).run(OneCallApp.class);

    assertThat(ended.exit()).isZero();
    RunReport report = ForkedApp.report(folder.resolve("reports"));
    assertThat(report.jvm().aot()).isEqualTo("on");
    assertThat(report.agent().libraries()).contains("jdk-httpclient", "jdk-network");
    assertThat(report.agent().warnings()).isEmpty();
  }

  private AgentRun run(Jdk jdk, String cache) {
    return AgentRun.on(jdk, folder)
        .options("summary=off,requests=" + OneCallApp.class.getName() + "#call")
        .onlyJvm(cache, "--add-modules", "java.instrument")
        .onlyClassPath(TestJar.of(folder.resolve("app.jar"), OneCallApp.class, false));
  }
}

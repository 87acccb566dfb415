package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Jdk;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Spring runs asynchronously works for the request that called it. */
class SpringAsyncIT {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("dev.coldstart.it.harness.Jdks#all")
  void carriesRequests(Jdk jdk) throws Exception {
    Map<String, Integer> ways = Libs.once("pool", "simple", "virtual", "scheduler");
    assertThat(
            Libs.carries(jdk, folder, "spring-async", "SpringAsyncWays", ways).agent().libraries())
        .contains("jdk-concurrency");
  }
}

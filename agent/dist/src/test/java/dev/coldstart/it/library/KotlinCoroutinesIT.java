package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Jdks;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Coroutines work for the request that started them, whoever resumes them. */
class KotlinCoroutinesIT {
  @TempDir private Path folder;

  @Test
  void carriesRequests() throws Exception {
    Map<String, Integer> ways =
        Libs.once(
            "launch",
            "launchIo",
            "launchPool",
            "launchUnconfined",
            "yield",
            "resumedByNobody",
            "resumedUnconfined",
            "executor");
    ways.putAll(Map.of("delay", 3, "withContext", 3, "async", 2, "runBlocking", 2));
    assertThat(
            Libs.carries(Jdks.any(), folder, "coroutines", "CoroutineWays", ways)
                .agent()
                .libraries())
        .contains("kotlin-coroutines");
  }
}

package dev.coldstart.it.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coldstart.it.harness.Jdks;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls that wait for each other belong to those who enqueued them. */
class OkHttpIT {
  @TempDir private Path folder;

  @Test
  void carriesRequests() throws Exception {
    Map<String, Integer> ways = Libs.once("enqueue", "oneByOne", "execute");
    for (String version : new String[] {"okhttp", "okhttp5"}) {
      assertThat(
              Libs.carries(Jdks.any(), folder.resolve(version), version, "OkHttpWays", ways)
                  .agent()
                  .libraries())
          .contains("okhttp");
    }
  }
}
